precision highp float;

in vec3 position;
in float strength;
uniform mat3 rotation;
uniform vec2 scale;
uniform float eye;
uniform float fade;
out float opacity;

void main() {
  vec3 turned = rotation * position;
  float w = max(0.1, eye - turned.z) / eye;
  gl_Position = vec4(turned.xy * scale, 0.0, w);
  opacity = strength * mix(fade, 1.0, clamp(0.5 + 0.5 * turned.z, 0.0, 1.0));
}
