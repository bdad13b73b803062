import { agentKinds, agentLights } from '../../../world/scene/agent-table.ts'
import { signalStates } from '../../../world/scene/signal-table.ts'

/** One number of an observation. */
export interface Field {
  name: string
  unit: string
  meaning: string
  /** What its values are called, by their number; in JSON the name stands in the number's place. */
  words?: readonly string[]
  /** What its bits are called, from the lowest; in JSON the names of those that are set. */
  bits?: readonly string[]
  isTruth?: boolean
}

/** A stop sign has the number after the states of lights. */
export const lineStates = [...Object.keys(signalStates), 'stop']
export const precipitations = ['none', 'rain', 'snow'] as const

const place = (whose: string): Field[] => [
  { name: 'x', unit: 'm', meaning: `${whose}, world` },
  { name: 'y', unit: 'm', meaning: `${whose}, world` },
  { name: 'heading', unit: 'rad', meaning: 'Counter-clockwise from x' },
  { name: 'speedMps', unit: 'm/s', meaning: 'Along the heading, negative in reverse' },
  { name: 'accelerationMps2', unit: 'm/s²', meaning: 'Change of that speed' },
  { name: 'yawRateRadps', unit: 'rad/s', meaning: 'Change of the heading' },
]

/**
 * What a driver of its own is told at every step, in the order of the numbers of a frame: the first part once a case with how many agents and
 * lines follow, then the vehicle under test and the weather, then a row for each agent and each stop line.
 */
export const observationParts = {
  case: [
    { name: 'case', unit: '', meaning: 'Number of the case while it lasts' },
    { name: 'timeS', unit: 's', meaning: 'Since the run began' },
    { name: 'agentCount', unit: '', meaning: 'Rows of agents that follow' },
    { name: 'lineCount', unit: '', meaning: 'Rows of stop lines that follow' },
  ],
  ego: [
    ...place('Middle of the rear axle'),
    { name: 'frontSteerRad', unit: 'rad', meaning: 'Front wheels, positive to the left' },
    { name: 'rearSteerRad', unit: 'rad', meaning: 'Rear wheels, positive to the left' },
    { name: 'routeM', unit: 'm', meaning: 'Rear axle along the route, from its first point' },
    { name: 'routeLeftM', unit: 'm', meaning: 'Rear axle to the left of the route' },
  ],
  environment: [
    {
      name: 'illuminanceLux',
      unit: 'lx',
      meaning: 'Light on the ground: 50,000 by day, 400 at dusk, 15 under lamps',
    },
    { name: 'visualRangeM', unit: 'm', meaning: 'How far one sees; 200 and less is fog' },
    { name: 'precipitation', unit: '', meaning: 'What falls', words: precipitations },
    { name: 'precipitationMmPerH', unit: 'mm/h', meaning: 'How much of it' },
    { name: 'friction', unit: '', meaning: 'Grip: 1 dry, 0.7 wet, 0.3 snow, 0.1 ice' },
  ],
  agents: [
    { name: 'id', unit: '', meaning: 'The same for the whole run' },
    { name: 'kind', unit: '', meaning: 'What it is', words: agentKinds },
    ...place('Centre of the body'),
    { name: 'lengthM', unit: 'm', meaning: 'Of the body, along its heading' },
    { name: 'widthM', unit: 'm', meaning: 'Of the body' },
    { name: 'hasSiren', unit: '', meaning: 'Whether its siren sounds', isTruth: true },
    { name: 'lights', unit: '', meaning: 'Which of its lights are on', bits: Object.keys(agentLights) },
  ],
  lines: [
    { name: 'routeM', unit: 'm', meaning: 'Along the route, as of `ego`' },
    { name: 'state', unit: '', meaning: 'What its light shows, or `stop` for a sign', words: lineStates },
  ],
} satisfies Record<string, Field[]>

/** The fields as the table of the documents. */
export function fieldTable(): string[] {
  return Object.entries(observationParts).flatMap(([part, fields]: [string, Field[]]) =>
    fields.map(({ name, unit, meaning, words, bits, isTruth }) => {
      const values = words
        ? words.map((word, number) => `${number} \`${word}\``).join(', ')
        : bits
          ? bits.map((bit, number) => `${2 ** number} \`${bit}\``).join(', ')
          : isTruth
            ? '0, 1'
            : ''
      return `| \`${part}.${name}\` | ${unit} | ${meaning} | ${values} |`
    }),
  )
}
