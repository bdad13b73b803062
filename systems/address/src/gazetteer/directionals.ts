/** Every spelling of a direction, in capitals, to its abbreviation. USPS Publication 28, 233, and 295 for Spanish. */
export const directionals: ReadonlyMap<string, string> = new Map(
  [
    'N NORTH NO NORTE',
    'S SOUTH SO SUR',
    'E EAST ESTE',
    'W WEST OESTE',
    'NE NORTHEAST NORESTE',
    'NW NORTHWEST NOROESTE',
    'SE SOUTHEAST SURESTE',
    'SW SOUTHWEST SUROESTE',
  ].flatMap((line) => {
    const spellings = line.split(' ')
    return spellings.map((spelling) => [spelling, spellings[0] as string] as const)
  }),
)
