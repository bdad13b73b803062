/** Versions of VDA 5050 that are spoken, by their major number. */
export const versions = { 2: '2.1.0', 3: '3.0.0' } as const
export type Major = keyof typeof versions

/** Topics that robots publish, and those that fleet control does (VDA 5050 3.0.0, 4.3). */
export const robotTopics = ['state', 'connection', 'visualization', 'factsheet'] as const
export const controlTopics = ['order', 'instantActions', 'zoneSet', 'responses'] as const
export type RobotTopic = (typeof robotTopics)[number]
export type ControlTopic = (typeof controlTopics)[number]
export type TopicName = RobotTopic | ControlTopic

/** The two of 3.0 that 2.1 does not have. */
export const since3: readonly TopicName[] = ['zoneSet', 'responses']

/** Which robot, and how it speaks. Manufacturer and serial number together name a robot. */
export interface RobotAddress {
  major: Major
  manufacturer: string
  serialNumber: string
}

const interfaceNames = { 2: 'uagv', 3: 'vda5050' } as const

/** `vda5050/v3/KIT/0001/order`; `uagv/v2/…` for 2.1, as each version suggests (4.2). */
export function topicOf({ major, manufacturer, serialNumber }: RobotAddress, topic: TopicName): string {
  return `${interfaceNames[major]}/v${major}/${manufacturer}/${serialNumber}/${topic}`
}

/** What a topic says. */
export interface TopicPlace {
  robot: RobotAddress
  topic: TopicName
}

/** Reads a topic; null where it is none of the two versions' or a level is empty or has a wildcard. */
export function parseTopic(path: string): TopicPlace | null {
  const levels = path.split('/')
  if (levels.length !== 5) return null
  const [interfaceName, version, manufacturer, serialNumber, topic] = levels as [
    string,
    string,
    string,
    string,
    string,
  ]
  const major = version === 'v3' ? 3 : version === 'v2' ? 2 : null
  if (major === null || interfaceName !== interfaceNames[major]) return null
  if (!isLevel(manufacturer) || !isLevel(serialNumber) || !isTopic(topic)) return null
  if (major === 2 && since3.includes(topic)) return null
  return { robot: { major, manufacturer, serialNumber }, topic }
}

/** Filters that match what all robots publish on a topic. */
export function filtersOf(topic: RobotTopic): string[] {
  return [2, 3].map((major) => `${interfaceNames[major as Major]}/v${major}/+/+/${topic}`)
}

/** Whether a name can be a level of a topic: no separator, no wildcard, not the broker's own (4.2). */
export function isLevel(name: string): boolean {
  return name !== '' && name.length <= 200 && !/[/+#$\0]/.test(name)
}

function isTopic(name: string): name is TopicName {
  return (
    (robotTopics as readonly string[]).includes(name) || (controlTopics as readonly string[]).includes(name)
  )
}
