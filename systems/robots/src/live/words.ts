/**
 * Zones that people draw, after the zone types of VDA 5050 3.0.0: BLOCKED (nobody drives in, who is there leaves), SPEED_LIMIT (half speed), RELEASE (one robot at a
 * time is let in). PERSON is somebody in the aisle: nobody drives in, and who is there stands.
 */
export const zoneTypes = ['BLOCKED', 'SPEED_LIMIT', 'RELEASE', 'PERSON'] as const
export type ZoneType = (typeof zoneTypes)[number]

/** What a robot is about, as the picture shows it. */
export const robotStates = [
  'idle',
  'fetching',
  'carrying',
  'to charger',
  'charging',
  'failed',
  'held',
  'stuck',
] as const
