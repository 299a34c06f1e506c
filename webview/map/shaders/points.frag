precision highp float;

in vec3 colour;
in float pixels;
in float chosen;
uniform vec3 background;
uniform vec3 foreground;
out vec4 fragment;

void main() {
  float pixel = 2.0 / pixels;
  float radius = 2.0 * length(gl_PointCoord - 0.5);
  float inside = 1.0 - smoothstep(1.0 - 1.5 * pixel, 1.0, radius);
  // A rim, of the background's colour on plain dots and the foreground's on chosen ones, parts dots that overlap.
  float rim = smoothstep(1.0 - 2.6 * pixel, 1.0 - 1.6 * pixel, radius);
  fragment = vec4(mix(colour, mix(background, foreground, chosen), rim), inside);
}
