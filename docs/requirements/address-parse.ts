import type { Requirement } from './requirement.ts'

/** Parsing and standardising of addresses. */
export const addressParse: Requirement[] = [
  {
    id: 'ADDRESS-PARSE-01',
    source: 'systems/address/README.md#parse',
    behaviour:
      'Every word of the text is a token with a label and its place in the text; nothing is lost or added, whatever is given.',
  },
]
