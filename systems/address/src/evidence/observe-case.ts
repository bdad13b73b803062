import { parseAddress } from '../parse/parse-address.ts'
import type { Observation } from '../domain/evidence.ts'
import { observeAddress } from './read-address.ts'
import { observeDocument } from './read-document.ts'
import { observeRecord } from './read-record.ts'
import type { RecordOptions } from './read-record.ts'

/** What is known of one address before anything is decided. */
export interface AddressFile {
  address: string
  unit: string | null
  name: string | null
  /** A row about the address, e.g. of an assessor's roll. */
  record: Record<string, unknown> | null
  documents: readonly { name: string; content: string }[]
}

/** Everything that address, name, record and documents say; what cannot be read says nothing. */
export async function observeCase(file: AddressFile, options: RecordOptions = {}): Promise<Observation[]> {
  const observations = observeRow(file, options)
  for (const { name, content } of file.documents) observations.push(...(await observeDocument(name, content)))
  return observations
}

/** As `observeCase`, without the documents: nothing to wait for. */
export function observeRow(file: Omit<AddressFile, 'documents'>, options: RecordOptions = {}): Observation[] {
  const observations =
    file.address.trim() === '' ? [] : observeAddress(parseAddress(file.address), file.name, file.unit)
  if (file.record !== null)
    observations.push(...observeRecord('record', file.record, { ...options, address: file.address }))
  return observations
}
