import type { z } from 'zod'

type RawIssue = z.core.$ZodRawIssue

const nouns: Record<string, string> = {
  array: 'a list',
  bigint: 'a whole number',
  boolean: 'true or false',
  date: 'a date',
  int: 'a whole number',
  nan: 'no number',
  nonoptional: 'any value',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  tuple: 'a list',
  undefined: 'nothing',
}

const formats: Record<string, string> = {
  date: 'a date such as 2026-01-31',
  datetime: 'a time such as 2026-01-31T12:00:00Z',
  email: 'an e-mail address',
  time: 'a time of day such as 12:30:00',
  url: 'an address such as https://example.com/',
  uuid: 'a UUID',
}

/** What a value has to be, in our words: `must be a whole number`, `must have at least 3 characters`. For `parse`'s `error` option. */
export function issueText(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined)
        return `is missing; it must be ${nouns[issue.expected] ?? issue.expected}`
      return `must be ${nouns[issue.expected] ?? issue.expected}`
    }
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values
        .slice(0, 30)
        .map((value) => JSON.stringify(value))
        .join(', ')}`
    case 'too_small':
      return `must ${bound(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least')}`
    case 'too_big':
      return `must ${bound(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')}`
    case 'invalid_format':
      if (issue.format === 'regex') return `must match ${issue.pattern}`
      return `must be ${formats[issue.format] ?? `of the form ${issue.format}`}`
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return `has fields that are not known here: ${issue.keys.slice(0, 10).join(', ')}`
    case 'invalid_key':
      return 'has a field whose name does not fit'
    case 'invalid_union':
      return 'fits none of the forms that are taken here'
    default:
      return 'does not fit'
  }
}

function bound(origin: string, limit: number | bigint, than: string): string {
  if (origin === 'string') return `have ${than} ${limit} characters`
  if (origin === 'array' || origin === 'set' || origin === 'map') return `have ${than} ${limit} entries`
  return `be ${than} ${limit}`
}
