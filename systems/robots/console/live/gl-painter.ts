import { zoneTypes } from '../../src/live/words.ts'
import { colourOf, marks, stateTokens } from './floor-view.ts'
import type { FloorPainter, FloorView } from './floor-view.ts'

const floorVertex = `#version 300 es
uniform vec4 uView; // column and row in the middle, cells to clip space
uniform vec2 uCells; // columns, rows
out vec2 vCell;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vCell = corner * uCells;
  gl_Position = vec4((vCell - uView.xy) * uView.zw, 0.0, 1.0);
}`

const floorFragment = `#version 300 es
precision highp float;
uniform sampler2D uFloor; // kind, zone, heat, mark
uniform vec2 uCells;
uniform vec3 uColours[6]; // ground, shelf, face and line, station, charger, accent
uniform vec3 uZone[4];
uniform vec3 uHeat;
uniform float uScale;
in vec2 vCell;
out vec4 colour;
void main() {
  ivec2 cell = ivec2(clamp(vCell, vec2(0.0), uCells - 1.0));
  vec4 data = texelFetch(uFloor, cell, 0) * 255.0;
  int kind = int(data.r + 0.5);
  vec3 c = kind == 0 ? uColours[1] : uColours[0];
  vec2 inside = fract(vCell);
  float edge = min(min(inside.x, inside.y), min(1.0 - inside.x, 1.0 - inside.y));
  if (kind == 3) c = mix(c, uColours[3], 0.45);
  if (kind == 4) c = mix(c, uColours[4], 0.45);
  if (kind == 2 && uScale > 6.0 && edge < 0.08) c = uColours[2];
  c = mix(c, uHeat, clamp(data.b / 255.0, 0.0, 0.85));
  int zone = int(data.g + 0.5);
  if (zone > 0) {
    // Stripes whose direction tells the kinds apart, so that colour is not alone.
    float along = zone == 1 ? vCell.x + vCell.y : zone == 2 ? vCell.x : zone == 3 ? vCell.y : vCell.x - vCell.y;
    float stripe = step(0.5, fract(along * 0.5));
    c = mix(c, uZone[zone - 1], 0.25 + 0.4 * stripe);
  }
  int mark = int(data.a + 0.5);
  if (mark == ${marks.way}) c = mix(c, uColours[5], 0.55);
  if (mark == ${marks.box}) c = mix(c, uColours[5], 0.4);
  if (mark == ${marks.chosen}) c = uColours[5];
  colour = vec4(c, 1.0);
}`

const robotVertex = `#version 300 es
layout(location = 0) in uint aWord;
uniform vec4 uView;
uniform int uColumns;
uniform float uPart;
uniform float uLeast; // a robot is never smaller than so many cells
out vec2 vAt;
flat out int vState;
void main() {
  int cell = int(aWord & 0xfffffu);
  int direction = int((aWord >> 20) & 3u);
  int action = int((aWord >> 22) & 3u);
  vState = int((aWord >> 24) & 15u);
  float turn = float(direction) + (action == 1 ? uPart : action == 2 ? -uPart : 0.0);
  float angle = turn * 1.5707963;
  vec2 ahead = vec2(cos(angle), sin(angle));
  vec2 place = vec2(float(cell % uColumns), float(cell / uColumns)) + 0.5;
  if (action == 0) place += ahead * uPart;
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  vAt = corner;
  vec2 turned = mat2(ahead, vec2(-ahead.y, ahead.x)) * corner;
  gl_Position = vec4((place + turned * max(0.46, uLeast) - uView.xy) * uView.zw, 0.0, 1.0);
}`

const robotFragment = `#version 300 es
precision highp float;
uniform vec3 uStates[8];
uniform float uScale;
in vec2 vAt;
flat in int vState;
out vec4 colour;
float box(vec2 p, vec2 half_) { vec2 d = abs(p) - half_; return max(d.x, d.y); }
void main() {
  vec2 p = vAt;
  float d;
  if (vState == 0) d = abs(length(p) - 0.65) - 0.2; // ring
  else if (vState == 1) d = max(abs(p.y) * 0.9 + p.x * 0.5 - 0.42, -p.x - 0.75); // arrow
  else if (vState == 2) d = min(box(p + vec2(0.12, 0.0), vec2(0.68, 0.8)), max(abs(p.y) + p.x - 1.0, -p.x)); // box with a nose
  else if (vState == 3) d = abs(p.x) + abs(p.y) - 0.9; // diamond
  else if (vState == 4) d = abs(abs(p.x) + abs(p.y) - 0.7) - 0.22; // open diamond
  else if (vState == 5) d = min(box(mat2(0.707, 0.707, -0.707, 0.707) * p, vec2(1.0, 0.24)), box(mat2(0.707, 0.707, -0.707, 0.707) * p, vec2(0.24, 1.0))); // cross
  else if (vState == 6) d = box(vec2(p.x, abs(p.y) - 0.45), vec2(0.75, 0.22)); // two bars
  else d = max(length(p) - 0.95, -box(p, vec2(0.18, 0.6))); // disc with a slot
  float soft = 2.0 / max(uScale, 1.0);
  float alpha = uScale < 5.0 && vState != 5 && vState != 7 ? 1.0 - smoothstep(0.8, 1.0, length(p)) : 1.0 - smoothstep(0.0, soft, d);
  if (alpha < 0.02) discard;
  colour = vec4(uStates[vState], alpha);
}`

/** A painter by WebGL2: a floor of one rectangle, and all robots in one instanced draw; motion is reckoned on the graphics card. Null where there is none. */
export function createGlPainter(canvas: HTMLCanvasElement, isForced: boolean): FloorPainter | null {
  if (!isForced && isPlayedByProcessor()) return null
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, powerPreference: 'low-power' })
  if (gl === null) return null
  const programs = [link(gl, floorVertex, floorFragment), link(gl, robotVertex, robotFragment)]
  const [floorProgram, robotProgram] = programs
  if (!floorProgram || !robotProgram) return null
  const at = (program: WebGLProgram, name: string) => gl.getUniformLocation(program, name)
  const floorPlaces = Object.fromEntries(
    ['uView', 'uCells', 'uColours', 'uZone', 'uHeat', 'uScale'].map((name) => [name, at(floorProgram, name)]),
  )
  const robotPlaces = Object.fromEntries(
    ['uView', 'uColumns', 'uPart', 'uLeast', 'uStates', 'uScale'].map((name) => [
      name,
      at(robotProgram, name),
    ]),
  )
  const words = gl.createBuffer()
  const robots = gl.createVertexArray()
  gl.bindVertexArray(robots)
  gl.bindBuffer(gl.ARRAY_BUFFER, words)
  gl.enableVertexAttribArray(0)
  gl.vertexAttribIPointer(0, 1, gl.UNSIGNED_INT, 0, 0)
  gl.vertexAttribDivisor(0, 1)
  const nothing = gl.createVertexArray()
  const texture = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, texture)
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
    [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const)
    gl.texParameteri(gl.TEXTURE_2D, name, value)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA)
  const colours = (tokens: readonly string[]): Float32Array =>
    new Float32Array(tokens.flatMap((token) => colourOf(canvas, token)))
  const recolour = (): void => {
    gl.useProgram(floorProgram)
    gl.uniform3fv(
      floorPlaces['uColours']!,
      colours(['surface', 'line-strong', 'line-strong', 'accent', 'good', 'accent']),
    )
    gl.uniform3fv(floorPlaces['uZone']!, colours(['bad', 'warn', 'accent', 'bad']))
    gl.uniform3fv(floorPlaces['uHeat']!, colours(['warn']))
    gl.useProgram(robotProgram)
    gl.uniform3fv(robotPlaces['uStates']!, colours(stateTokens))
  }
  recolour()
  let drawn: {
    step: number
    zones: unknown
    way: unknown
    box: unknown
    heat: boolean
    chosen: number
  } | null = null
  let ground: Uint8Array<ArrayBuffer> | null = null
  return {
    recolour() {
      recolour()
      drawn = null
    },
    draw(view) {
      const { history, camera, size, dots, part } = view
      const { rows, columns, robots: count } = history.floor
      gl.viewport(0, 0, canvas.width, canvas.height)
      const isNewStep = drawn?.step !== history.shown
      if (isNewStep) {
        gl.bindBuffer(gl.ARRAY_BUFFER, words)
        gl.bufferData(gl.ARRAY_BUFFER, history.words, gl.DYNAMIC_DRAW)
      }
      if (
        drawn === null ||
        isNewStep ||
        drawn.zones !== view.zones ||
        drawn.way !== view.way ||
        drawn.box !== view.box ||
        drawn.heat !== view.isHeatShown
      ) {
        ground ??= new Uint8Array(rows * columns * 4)
        writeGround(ground, view)
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, columns, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, ground)
      }
      drawn = {
        step: history.shown,
        zones: view.zones,
        way: view.way,
        box: view.box,
        heat: view.isHeatShown,
        chosen: view.chosen,
      }
      const toClip = [(2 * camera.scale) / size.width, (-2 * camera.scale) / size.height] as const
      gl.useProgram(floorProgram)
      gl.bindVertexArray(nothing)
      gl.uniform4f(floorPlaces['uView']!, camera.column, camera.row, ...toClip)
      gl.uniform2f(floorPlaces['uCells']!, columns, rows)
      gl.uniform1f(floorPlaces['uScale']!, camera.scale * dots)
      gl.clearColor(...colourOf(canvas, 'ground'), 1)
      gl.clear(gl.COLOR_BUFFER_BIT)
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
      gl.useProgram(robotProgram)
      gl.bindVertexArray(robots)
      gl.uniform4f(robotPlaces['uView']!, camera.column, camera.row, ...toClip)
      gl.uniform1i(robotPlaces['uColumns']!, columns)
      gl.uniform1f(robotPlaces['uPart']!, part)
      gl.uniform1f(robotPlaces['uLeast']!, 1.4 / (camera.scale * dots))
      gl.uniform1f(robotPlaces['uScale']!, camera.scale * dots)
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count)
    },
    close() {
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    },
  }
}

/** Where the processor has to play the graphics card, or there is no WebGL2 at all: plain squares are far quicker then. */
function isPlayedByProcessor(): boolean {
  // On a canvas of its own, since one that has given WebGL2 gives nothing else any more.
  const gl = document.createElement('canvas').getContext('webgl2')
  if (gl === null) return true
  const named = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)
}

function writeGround(ground: Uint8Array, { history, zones, isHeatShown, way, box, chosen }: FloorView): void {
  const { columns, rows } = history.floor
  const { kinds, heat } = history
  for (let cell = 0; cell < kinds.length; cell++) {
    ground[cell * 4] = kinds[cell]!
    ground[cell * 4 + 1] = 0
    ground[cell * 4 + 2] = isHeatShown ? Math.min(255, heat[cell]! * 12) : 0
    ground[cell * 4 + 3] = 0
  }
  for (const { type, top, left, bottom, right } of zones)
    for (let row = top; row <= Math.min(bottom, rows - 1); row++)
      for (let column = left; column <= Math.min(right, columns - 1); column++)
        ground[(row * columns + column) * 4 + 1] = zoneTypes.indexOf(type) + 1
  for (const cell of way) ground[cell * 4 + 3] = marks.way
  if (box)
    for (let row = box.top; row <= box.bottom; row++)
      for (let column = box.left; column <= box.right; column++)
        ground[(row * columns + column) * 4 + 3] = marks.box
  if (chosen >= 0) ground[history.cellOf(chosen) * 4 + 3] = marks.chosen
}

function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram | null {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) return null
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null
}
