/**
 * Secondary unit designators: the standard abbreviation, a sign whether a number has to follow (+) or not (-), and the names and
 * spellings in use. USPS Publication 28, appendix C2.
 */
const lines = `
APT + APARTMENT APPT APMT APTS
BSMT - BASEMENT BSMNT
BLDG + BUILDING BLD BLDNG BLG
DEPT + DEPARTMENT DPT
FL + FLOOR FLR
FRNT - FRONT
HNGR + HANGAR HANGER
KEY + KEY
LBBY - LOBBY
LOT + LOT
LOWR - LOWER
OFC - OFFICE OFF
PH - PENTHOUSE PNTHSE
PIER + PIER
REAR - REAR
RM + ROOM
SIDE - SIDE
SLIP + SLIP
SPC + SPACE SP
STOP + STOP
STE + SUITE SUIT SUTE
TRLR + TRAILER
UNIT + UNIT UNT
UPPR - UPPER
`

export interface UnitDesignator {
  standard: string
  needsNumber: boolean
}

/** Every spelling, in capitals, to the designator. */
export const unitDesignators: ReadonlyMap<string, UnitDesignator> = new Map(
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [standard = '', sign, ...spellings] = line.split(' ')
      return [standard, ...spellings].map(
        (spelling) => [spelling, { standard, needsNumber: sign === '+' }] as const,
      )
    }),
)
