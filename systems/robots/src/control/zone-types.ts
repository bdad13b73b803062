/**
 * What a zone can be on a floor under control, as on the live floor: BLOCKED is planned around from the next step on; in one with a PERSON robots stand at once, and
 * nobody is let in.
 */
export const controlZoneTypes = ['BLOCKED', 'PERSON'] as const
