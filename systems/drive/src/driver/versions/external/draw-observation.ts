// The picture of DRIVERS.md: what the numbers of an observation are measured from.

/** Pixels a metre; the world's origin is at the lower left. */
const scale = 16
const widthM = 52
const heightM = 22
const originX = 3
const originY = 3

const px = (x: number) => (scale * (originX + x)).toFixed(1)
const py = (y: number) => (scale * (heightM - originY - y)).toFixed(1)
const degrees = (rad: number) => ((-rad * 180) / Math.PI).toFixed(1)

/** The picture as SVG, readable on light and dark ground. */
export function drawObservation(): string {
  const ego = { x: 9, y: 5.2, heading: 0.12, lengthM: 4.6, widthM: 1.9, centreX: 1.4 }
  const other = { x: 27, y: 8.2, heading: -0.18, lengthM: 4.6, widthM: 1.9 }
  const walker = { x: 29, y: 2.4, heading: Math.PI / 2, lengthM: 0.6, widthM: 0.6 }
  const cos = Math.cos(ego.heading)
  const sin = Math.sin(ego.heading)
  const centre = { ...ego, x: ego.x + ego.centreX * cos, y: ego.y + ego.centreX * sin }
  const route = Array.from({ length: 20 }, (_, index) => point(2 + 2 * index, 4.6, 2, '#2b7de9'))
  const parts = [
    rect(0, 2.8, 46, 7.2, 'fill="#8882"'),
    line(0, 6.4, 46, 6.4, 'stroke="#888" stroke-dasharray="18 14"'),
    line(0, 2.8, 46, 2.8, 'stroke="#888"'),
    line(0, 10, 46, 10, 'stroke="#888"'),
    ...route,
    word(2, 3.3, 'route: a point every 2 m (x, y, heading, speed limit)'),
    body(centre, '#2b7de9'),
    arrow(ego.x, ego.y, ego.x + 6 * cos, ego.y + 6 * sin, '#2b7de9'),
    point(ego.x, ego.y, 5, '#2b7de9'),
    word(ego.x - 6.2, ego.y + 2.2, 'ego.x, ego.y: middle of the rear axle'),
    word(ego.x + 6.4, ego.y + 0.4, 'ego.heading, from x, counter-clockwise'),
    line(ego.x, 4.6, ego.x, ego.y, 'stroke="#d0342c" stroke-width="3"'),
    word(ego.x - 6.9, ego.y - 0.1, 'ego.routeLeftM', '#d0342c'),
    body(other, '#666'),
    arrow(
      other.x,
      other.y,
      other.x + 5 * Math.cos(other.heading),
      other.y + 5 * Math.sin(other.heading),
      '#666',
    ),
    point(other.x, other.y, 5, '#666'),
    word(other.x - 4, other.y + 1.9, 'agents: x, y are the centre of the body'),
    word(other.x - 4, other.y + 2.9, 'kind car, lights brake 1 + left 2 = 3'),
    body(walker, '#a0522d'),
    word(walker.x + 0.8, walker.y + 0.8, 'kind pedestrian (5)'),
    line(40, 2.8, 40, 6.4, 'stroke="#d0342c" stroke-width="5"'),
    point(40, 11.2, 7, '#d0342c'),
    word(40.8, 11, 'lines: state red (1)', '#d0342c'),
    line(2, 1.5, 40, 1.5, 'stroke="#d0342c"'),
    line(2, 1.1, 2, 1.9, 'stroke="#d0342c"'),
    line(40, 1.1, 40, 1.9, 'stroke="#d0342c"'),
    word(16, 0.7, 'lines.routeM: from the first point of the route', '#d0342c'),
    line(2, 13.8, ego.x, 13.8, 'stroke="#2b7de9"'),
    line(2, 13.4, 2, 14.2, 'stroke="#2b7de9"'),
    line(ego.x, 13.4, ego.x, 14.2, 'stroke="#2b7de9"'),
    word(2, 14.6, 'ego.routeM', '#2b7de9'),
    arrow(-2, -2, 4, -2, 'currentColor'),
    arrow(-2, -2, -2, 4, 'currentColor'),
    word(4.3, -2.2, 'x'),
    word(-2.3, 4.4, 'y'),
    word(-1.4, -1.2, 'world, metres: the scenario’s own origin'),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${scale * widthM} ${scale * heightM}" font-family="sans-serif" font-size="13" role="img" aria-label="Origins, frames and signs of an observation">
<style>svg { color: #222 } @media (prefers-color-scheme: dark) { svg { color: #ddd } }</style>
<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="6" refY="4" orient="auto"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs>
${parts.join('\n')}
</svg>
`
}

interface Body {
  x: number
  y: number
  heading: number
  lengthM: number
  widthM: number
}

function body({ x, y, heading, lengthM, widthM: wide }: Body, colour: string): string {
  return `<rect x="${(-scale * lengthM) / 2}" y="${(-scale * wide) / 2}" width="${scale * lengthM}" height="${scale * wide}" rx="4" fill="${colour}" fill-opacity=".3" stroke="${colour}" transform="translate(${px(x)} ${py(y)}) rotate(${degrees(heading)})"/>`
}

function rect(x: number, y: number, wide: number, high: number, look: string): string {
  return `<rect x="${px(x)}" y="${py(y + high)}" width="${scale * wide}" height="${scale * high}" ${look}/>`
}

function line(x: number, y: number, toX: number, toY: number, look: string): string {
  return `<line x1="${px(x)}" y1="${py(y)}" x2="${px(toX)}" y2="${py(toY)}" ${look}/>`
}

function arrow(x: number, y: number, toX: number, toY: number, colour: string): string {
  return line(x, y, toX, toY, `stroke="${colour}" stroke-width="2" marker-end="url(#tip)"`)
}

function point(x: number, y: number, radius: number, colour: string): string {
  return `<circle cx="${px(x)}" cy="${py(y)}" r="${radius}" fill="${colour}"/>`
}

function word(x: number, y: number, text: string, colour = 'currentColor'): string {
  return `<text x="${px(x)}" y="${py(y)}" fill="${colour}">${text}</text>`
}
