precision highp float;

in vec3 position;
in float kind; // 0 initial, 1 final
in float emphasis; // 0 stands back, 1 plain, 2 chosen
uniform mat3 rotation;
uniform vec2 scale;
uniform float eye;
uniform float size;
uniform float fade;
uniform float back;
uniform vec3 initialColour;
uniform vec3 finalColour;
uniform vec3 background;
out vec3 colour;
out float pixels;
out float chosen;

void main() {
  vec3 turned = rotation * position;
  float w = max(0.1, eye - turned.z) / eye;
  gl_Position = vec4(turned.xy * scale, 0.0, w);
  chosen = step(1.5, emphasis);
  pixels = size * mix(1.0, 1.35, chosen) / w;
  gl_PointSize = pixels;
  // Distance is shown by fading towards the background, not by transparency: dots behind dots stay distinct.
  float near = clamp(0.5 + 0.5 * turned.z, 0.0, 1.0);
  float strength = mix(fade, 1.0, near) * mix(back, 1.0, step(0.5, emphasis));
  colour = mix(background, mix(initialColour, finalColour, kind), mix(strength, 1.0, chosen));
}
