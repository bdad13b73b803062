import { extname } from 'node:path'
import type { Observation, Source } from '../domain/evidence.ts'
import { observeMail } from './read-mail.ts'
import { observePage } from './read-page.ts'
import { observeRecord } from './read-record.ts'
import { observeText } from './read-text.ts'
import type { SiteAdapter } from './site-adapters.ts'
import { longestText } from './statements.ts'

/**
 * What a document says, by its name's ending: `.eml`, `.html`, `.json` (an object, or a list of them), else text. A file that is
 * not what its name says is read as text, so nothing is lost and nothing throws.
 */
export async function observeDocument(
  name: string,
  content: string,
  adapter: SiteAdapter | null = null,
): Promise<Observation[]> {
  const ending = extname(name).toLowerCase()
  if (ending === '.eml') return [await observeMail(name, content)]
  if (ending === '.html' || ending === '.htm') return [observePage(name, content, adapter)]
  if (ending === '.json') {
    const records = parseRecords(content)
    if (records !== null) {
      const source = sourceOfName(name, 'record')
      return records.flatMap((record, at) =>
        observeRecord(records.length > 1 ? `${name} ${at + 1}` : name, record, {
          source: isDelivery(record) ? 'delivery' : source,
        }),
      )
    }
  }
  return [
    observeText(
      { document: name, source: sourceOfName(name, 'text'), dateMs: null },
      content.slice(0, longestText),
    ),
  ]
}

const mostRecords = 200

function parseRecords(content: string): Record<string, unknown>[] | null {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    return null
  }
  const objects = listIn(value)
  return objects.length === 0 ? null : objects.slice(0, mostRecords)
}

/** A list of objects, also where an object only wraps it (`{ "deliveries": [ … ] }`). */
function listIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.filter(isObject)
  if (!isObject(value)) return []
  const inner = Object.values(value).filter(Array.isArray)
  const wrapped = inner.length === 1 ? inner[0]!.filter(isObject) : []
  return wrapped.length > 0 ? wrapped : [value]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDelivery(record: Record<string, unknown>): boolean {
  return Object.keys(record).some((key) => /deliver|attempt|driver|carrier|signed|tracking/i.test(key))
}

function sourceOfName(name: string, otherwise: Source): Source {
  if (/deliver|attempt|history|tracking/i.test(name)) return 'delivery'
  if (/note|driver|memo/i.test(name)) return 'note'
  if (/mail|message|letter/i.test(name)) return 'email'
  if (/page|site|web/i.test(name)) return 'page'
  return otherwise
}
