// The public surface. Anything exported here is public API: named exports only.
export { parseOpenDrive } from './opendrive/parse-opendrive.ts'
export { followLane } from './opendrive/follow-lane.ts'
export { parseXml, parseXmlChunks } from './xml/parse-xml.ts'
