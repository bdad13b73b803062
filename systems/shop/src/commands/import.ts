import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { CommandInput } from '@heavylift/core'
import type { MeaningState } from '@heavylift/models/meaning'
import { formatMoney, isPriced, plural } from '../domain/money.ts'
import type { ImportView } from '../catalog/import-record.ts'

/** `heavylift shop import FILE`: sends a feed to the running server and follows the import. */
export async function runImport(input: CommandInput) {
  if (input.options['undo'] === true) return undo(input)
  const file = input.args['file'] ?? ''
  const stats = await stat(file).catch(() => null)
  if (!stats?.isFile()) {
    throw new InvalidInputError({ code: 'file-not-found', message: `There is no file "${file}".` })
  }
  const query = new URLSearchParams({ name: basename(file) })
  for (const name of ['format', 'content', 'mode', 'map', 'currency']) {
    const value = input.options[name]
    if (typeof value === 'string') query.set(name, value)
  }
  if (input.options['insteadOfSample'] === true) query.set('sample', 'replace')
  if (input.options['preview'] === true) {
    query.set('preview', 'true')
    const preview = await follow(input, await send(input, file, query))
    printPreview(input, preview)
    return { ...preview, verdict: isRefused(input, preview) ? 'no' : 'yes' }
  }
  if (query.get('mode') === 'replace') await confirmRemoval(input, file, query)
  const view = await follow(input, await send(input, file, query))
  printReport(input, view)
  if (view.state === 'done') await printMeaning(input)
  return { ...view, verdict: isRefused(input, view) ? 'no' : 'yes' }
}

const isRefused = ({ options }: CommandInput, { state, rows }: ImportView): boolean =>
  state !== 'done' || (options['strict'] === true && rows.rejected > 0)

/** Says what a model for embeddings would add, where none is pulled. */
async function printMeaning({ api, print, signal }: CommandInput): Promise<void> {
  const { model } = (await ok(await api('/api/shop/meaning', { signal }))) as MeaningState
  if (model === null)
    print(
      '  words     alone are read. To find products and understand shoppers by what they mean as well: heavylift models pull e5-small (74 MB)',
    )
}

/** Brings back the catalog before the last import. */
async function undo(input: CommandInput) {
  const response = await input.api('/api/shop/imports/undo', { method: 'POST', signal: input.signal })
  const { importId } = (await ok(response)) as { importId: string }
  const view = await follow(input, importId)
  printReport(input, view)
  return { ...view, verdict: view.state === 'done' ? 'yes' : 'no' }
}

function printPreview(input: CommandInput, view: ImportView): void {
  printReport(input, view, view.state === 'done' ? 'read only, nothing is changed' : view.state)
  for (const { name, use, filledRate, examples } of view.columns ?? [])
    input.print(
      `  column    ${name} → ${use ?? 'left out'} (${Math.round(filledRate * 100)} % filled; ${examples.join(' · ')})`,
    )
  for (const { title, brand, categories, variants } of view.examples ?? []) {
    const [first] = variants
    const price = first && isPriced(first.price) ? `, ${formatMoney(first.price)}` : ''
    input.print(
      `  product   ${title}${brand ? `, ${brand}` : ''}${price}, ${plural(variants.length, 'variant')}, ${categories.join(' > ')}`,
    )
  }
}

async function send(input: CommandInput, file: string, query: URLSearchParams): Promise<string> {
  const blob = await openAsBlob(file)
  input.report({ stage: 'sending', done: 0, total: blob.size, unit: 'bytes' })
  const response = await input.api(`/api/shop/imports?${query}`, {
    method: 'POST',
    body: blob.stream(),
    duplex: 'half',
    headers: { 'content-type': 'application/octet-stream' },
    signal: input.signal,
  })
  return ((await ok(response)) as { importId: string }).importId
}

/** Has the file read and compared first, and asks before products go that it does not name. */
async function confirmRemoval(input: CommandInput, file: string, query: URLSearchParams): Promise<void> {
  const preview = new URLSearchParams(query)
  preview.set('preview', 'true')
  const { state, products, removedExamples = [] } = await follow(input, await send(input, file, preview))
  // What is wrong with the file, the import itself says.
  if (state !== 'done' || products.removed === 0) return
  const more = products.removed - removedExamples.length
  const named = removedExamples.map((title) => `"${title}"`).join(', ')
  await input.confirm(
    `Remove ${products.removed.toLocaleString('en')} products that the file does not name (${named}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''})?`,
  )
}

async function ok(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body
  const error = (body as { error?: { code?: string; message?: string } } | null)?.error
  throw new HeavyliftError({
    code: error?.code ?? 'import-refused',
    message: error?.message ?? `The server answered ${response.status}.`,
    status: response.status,
  })
}

/** How often a server that took the file may fail to answer in a row: it goes on with the import all the same. */
const mostSilences = 60

async function follow(input: CommandInput, importId: string): Promise<ImportView> {
  let silences = 0
  for (;;) {
    const response = await input
      .api(`/api/shop/imports/${encodeURIComponent(importId)}`, { signal: input.signal })
      .catch((cause: unknown) => {
        silences++
        if (input.signal.aborted || silences > mostSilences) throw cause
        return null
      })
    if (response === null) {
      await sleep(300, input.signal)
      continue
    }
    silences = 0
    const view = (await ok(response)) as ImportView
    if (view.progress) {
      const { stage, done, total, unit, rejected } = view.progress
      const message = rejected > 0 ? { message: `${rejected} rejected` } : {}
      input.report({ stage, done, unit, ...(total === null ? {} : { total }), ...message })
    }
    if (view.finishedAtMs !== null) return view
    await sleep(300, input.signal)
    input.signal.throwIfAborted()
  }
}

function printReport({ print }: CommandInput, view: ImportView, state: string = view.state): void {
  const { rows, products, reasons, notes, seconds, reviews, questions } = view
  const total = Object.values(seconds).reduce((sum, part) => sum + part, 0)
  print(`${view.name}: ${state}${view.error ? `. ${view.error.message}` : ''}`)
  print(
    `  rows      ${rows.read} read, ${rows.accepted} accepted, ${rows.hidden ?? 0} hidden by the shop, ${rows.rejected} rejected`,
  )
  print(
    `  products  ${products.added} added, ${products.updated} updated, ${products.unchanged} unchanged, ${products.removed} removed`,
  )
  if (reviews + questions > 0) print(`  reviews   ${reviews}, questions ${questions}`)
  print(
    `  seconds   ${total.toFixed(1)} (reading ${seconds.reading.toFixed(1)}, comparing ${seconds.comparing.toFixed(1)}, indexing ${seconds.indexing.toFixed(1)}, publishing ${seconds.publishing.toFixed(1)})`,
  )
  for (const note of notes) print(`  note      ${note}`)
  for (const { code, count, message, firstLines } of reasons) {
    print(`  rejected  ${count} × ${code}, first on line ${firstLines.join(', ')}: ${message}`)
  }
  if (rows.rejected > 0) print(`  All rejected rows: /api/shop/imports/${view.importId}/rejects`)
}
