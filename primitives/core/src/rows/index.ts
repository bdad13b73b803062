// Readers and writers of files of rows. A new export here becomes public API; named exports, not wildcards.
export { createCsvReader } from './csv.ts'
export { createJsonlReader } from './jsonl.ts'
export { csvLine } from './write-csv.ts'
export type { CsvValue } from './write-csv.ts'
export { createDecoder } from './decode.ts'
export type { Decoder } from './decode.ts'
export { cutRaw } from './row-reader.ts'
export type { RawRow, RowReader } from './row-reader.ts'
