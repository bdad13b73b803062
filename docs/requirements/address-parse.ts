import type { Requirement } from './requirement.ts'

const readme = 'systems/address/README.md'

/** Parsing and standardising of addresses. */
export const addressParse: Requirement[] = [
  {
    id: 'ADDRESS-PARSE-01',
    source: `${readme}#parse`,
    behaviour:
      'Every word of the text is a token with a label and its place in the text; nothing is lost or added, whatever is given.',
  },
  {
    id: 'ADDRESS-PARSE-02',
    source: 'standard: USPS Publication 28, 2 and appendices C to F',
    behaviour:
      'The forms of Publication 28 are told apart and read: streets with all their parts, highways, boxes, routes, military, general delivery, private mailboxes, urbanizations, corners, two addresses in one.',
  },
  {
    id: 'ADDRESS-PARSE-03',
    source: 'docs/design/address.md#numbers',
    behaviour:
      'Of made post office boxes, routes, military addresses, general delivery, private mailboxes and urbanizations, 99.5 % are read without a wrong label.',
  },
  {
    id: 'ADDRESS-PARSE-04',
    source: 'docs/design/address.md#numbers',
    behaviour:
      'Without punctuation, in one case and with a slip in a quarter of the words, 94 % of made addresses are read without a wrong label, street and number as one label each.',
  },
  {
    id: 'ADDRESS-STANDARD-01',
    source: 'standard: USPS Publication 28, 2 and appendices B, C and F',
    behaviour:
      'Addresses are written with the standard abbreviations, on the lines and in the order of the standard; what is standard already stays.',
  },
  {
    id: 'ADDRESS-STANDARD-02',
    source: 'docs/design/address.md#standardise',
    behaviour:
      'Each change says what stood where, what stands there now, by which rule and section; nothing changes without one.',
  },
  {
    id: 'ADDRESS-STANDARD-03',
    source: 'docs/design/address.md#standardise',
    behaviour: 'Fields can be had under the names of Smarty and of Google.',
  },
  {
    id: 'ADDRESS-CLI-01',
    source: `${readme}#command-line`,
    behaviour:
      '`address parse` writes a row for each row of a CSV file, broken ones with a status and a reason; nothing is lost.',
  },
  {
    id: 'ADDRESS-CLI-02',
    source: `${readme}#command-line`,
    behaviour:
      'Killed anywhere, `address parse` goes on where it was and ends in the same bytes; it never writes over a file of another kind.',
  },
  {
    id: 'ADDRESS-TRAIN-01',
    source: `${readme}#train`,
    behaviour:
      'The same addresses give the same weights, byte for byte; weights of another version or broken ones are refused with what to do.',
  },
  {
    id: 'ADDRESS-EVAL-01',
    source: `${readme}#evals`,
    behaviour:
      '`eval address.parse` scores labelled XML file by file at a noise, names the worst, and leaves out what the weights learned from.',
  },
]
