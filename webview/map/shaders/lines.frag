precision highp float;

in float opacity;
uniform vec3 foreground;
out vec4 fragment;

void main() {
  fragment = vec4(foreground, opacity);
}
