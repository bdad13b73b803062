const point = (x: number, y: number) => `<point><x>${x}</x><y>${y}</y></point>`
const line = (name: string, points: [number, number][]) =>
  `<${name}>${points.map(([x, y]) => point(x, y)).join('')}</${name}>`

/** A lanelet along x from `from` to `to`, its left bound at `y`, 3.5 m wide. */
export function lanelet(id: number, from: number, to: number, y: number, more = ''): string {
  const bound = (name: string, at: number) =>
    line(
      name,
      [from, (from + to) / 2, to].map((x) => [x, at]),
    )
  return `<lanelet id="${id}">${bound('leftBound', y)}${bound('rightBound', y - 3.5)}${more}</lanelet>`
}

const exact = (name: string, value: number) => `<${name}><exact>${value}</exact></${name}>`

export function state(name: string, x: number, y: number, speed: number, step: number): string {
  return `<${name}><position>${point(x, y)}</position>${exact('orientation', 0)}${exact('time', step)}${exact('velocity', speed)}</${name}>`
}

/** A car 4.5 m long that goes along x at `speed` for `steps` steps of 0.1 s. */
export function car(id: number, x: number, y: number, speed: number, steps: number, is2018 = false): string {
  const states = Array.from({ length: steps }, (_, i) =>
    state('state', x + 0.1 * (i + 1) * speed, y, speed, i + 1),
  )
  const name = is2018 ? 'obstacle' : 'dynamicObstacle'
  return `<${name} id="${id}">${is2018 ? '<role>dynamic</role>' : ''}<type>car</type><shape><rectangle><length>4.5</length><width>1.8</width></rectangle></shape>${state('initialState', x, y, speed, 0)}<trajectory>${states.join('')}</trajectory></${name}>`
}

/** Two lanes side by side over two lanelets each; a car ahead at 12 m/s; from the right lane at 10 m/s to the left one 90 m ahead within 7 to 9 s. */
export function scene(version: '2018b' | '2020a', goal = '<lanelet ref="4"/>'): string {
  const beside = (side: string, ref: number) => `<adjacent${side} ref="${ref}" drivingDir="same"/>`
  const next = (ref: number) => `<successor ref="${ref}"/>`
  const before = (ref: number) => `<predecessor ref="${ref}"/>`
  const limit =
    version === '2018b'
      ? '<speedLimit>20</speedLimit>'
      : '<laneletType>urban</laneletType><trafficSignRef ref="90"/>'
  const sign =
    version === '2020a'
      ? '<trafficSign id="90"><trafficSignElement><trafficSignID>274</trafficSignID><additionalValue>20</additionalValue></trafficSignElement></trafficSign>'
      : ''
  const lanelets = [
    lanelet(1, 0, 80, 7, next(3) + beside('Right', 2) + limit),
    lanelet(2, 0, 80, 3.5, next(4) + beside('Left', 1) + limit),
    lanelet(3, 80, 300, 7, before(1) + beside('Right', 4) + limit),
    lanelet(4, 80, 300, 3.5, before(2) + beside('Left', 3) + limit),
  ].join('')
  const interval = (name: string, from: number, to: number) =>
    `<${name}><intervalStart>${from}</intervalStart><intervalEnd>${to}</intervalEnd></${name}>`
  const problem = `<planningProblem id="7">${state('initialState', 20, 1.75, 10, 0)}<goalState><position>${goal}</position>${interval('time', 70, 90)}${interval('velocity', 5, 15)}</goalState></planningProblem>`
  return `<?xml version="1.0"?><commonRoad timeStepSize="0.1" commonRoadVersion="${version}" benchmarkID="MADE-1">${lanelets}${sign}${car(50, 60, 1.75, 12, 100, version === '2018b')}${problem}</commonRoad>`
}
