/** What each rule does, with the section of USPS Publication 28 that it comes from. */
export const explanations = {
  capitals: 'Capitals are preferred on all lines (21).',
  punctuation: 'Punctuation is left out, but for hyphens, slashes and points within numbers (222, D2, D3).',
  directional: 'Directions are abbreviated before and after the name of a street (233).',
  suffix: 'Street suffixes have one standard abbreviation each (234, C1).',
  'suffix-slip': 'Read as the suffix that is one slip away, then abbreviated (234, C1).',
  highway: 'Names of highways and county roads are written out (237, F).',
  'number-word': 'House numbers are digits (231).',
  unit: 'Unit designators have one standard abbreviation each; # stands only where no other is known (213, C2).',
  'unit-order': 'The designator stands before its number (213).',
  box: 'Post office boxes, drawers, bins and callers are all written PO BOX (28).',
  'rural-route': 'Rural routes are written RR with the number without leading zeros (24).',
  'highway-contract':
    'Highway contract and star routes are written HC with the number without leading zeros (25).',
  'general-delivery': 'GENERAL DELIVERY is written out (26).',
  military: 'Military addresses are unit or PSC with BOX, then APO, FPO or DPO (225, 238).',
  mailbox: 'A private mailbox is written PMB with its number (285).',
  urbanization: 'The urbanization is a line of its own, abbreviated URB (29).',
  attention: 'The attention line stands above the recipient (214).',
  corner: 'Streets of a corner are joined by AND (236).',
  state: 'States have two letters (B).',
  'state-of-zip': 'The state is missing and follows from the ZIP code (B).',
  'city-of-zip': 'The city is one slip or abbreviation from the one that the ZIP code has (223).',
  zip: 'A ZIP+4 code is five digits, a hyphen and four (224).',
  country: 'Domestic mail names no country.',
  'left-out': 'It has no place on the lines of an address (211, 212).',
} as const

export type StandardRule = keyof typeof explanations
