import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { z } from 'zod'
import { factsPath } from '../facts/agreed-facts.ts'
import { agreeFirst } from '../check/check-spec.ts'
import { extractFacts } from '../extract/extract-facts.ts'
import { readingsOf } from '../extract/kept-facts.ts'
import { unreadLanguages } from '../extract/read-repository.ts'
import { countExpected } from '../extract/tests/count-expected.ts'
import { factsOf, serializeFactSet } from '../facts/fact-set.ts'
import { extractedOperations, questionsOfNone } from './extracted.ts'

/** `heavylift spec extract PATH`: writes the facts and prints a summary; what it gives is what `--json` prints (`docs/formats.md`). */
export async function runExtract(input: CommandInput) {
  const dir = resolve(input.args['path'] ?? '.')
  const { set, lines, seconds } = await extractFacts(
    dir,
    input.report,
    input.signal,
    readingsOf(input.dataDir),
  )
  const given = input.options['out']
  if (typeof given === 'string') await writeFile(resolve(given), serializeFactSet(set))
  const agreed = await agreeFirst(dir, set)
  const count = (kind: Parameters<typeof factsOf>[1]) => factsOf(set.facts, kind).length
  const rules =
    count('guard') +
    set.facts.reduce(
      (sum, fact) =>
        sum + (fact.kind === 'parameter' ? fact.constraints.length + (fact.isRequired ? 1 : 0) : 0),
      0,
    )
  const read = set.files.filter(
    ({ outcome }) => outcome === 'read-in-part' || outcome === 'unreadable' || outcome === 'too-large',
  )
  const found = extractedOperations(set)
  const known = found.filter(({ isKnown }) => isKnown).length
  const operations = count('operation')
  input.print(`${plural(lines, 'line')} in ${seconds.toFixed(1)} s.`)
  for (const { name, service, isRead, foundIn, leftOut } of set.frameworks)
    input.print(
      isRead
        ? `${name} in ${service === '' ? 'the root' : service}.${leftOut === undefined ? '' : ` Not read of it: ${leftOut}.`}`
        : `${name} found in ${foundIn}: not read.`,
    )
  for (const [language, files] of unreadLanguages(set.files))
    input.print(`${language}, ${plural(files, 'file')}: not read.`)
  if (set.frameworks.length === 0)
    input.print(
      'No framework that routes requests was found. Where functions of its own route, a pack in .heavylift-spec/packs can say how.',
    )
  const unrouted = operations === 0 ? set.frameworks.filter(({ isRead }) => isRead) : []
  for (const { name, foundIn } of unrouted)
    input.print(
      `${name} is used in ${foundIn}, and none of its routes was understood: the spec is empty for want of reading, not of routes. A pack of your own in .heavylift-spec/packs can say how they are made.`,
    )
  input.print(
    [
      plural(operations, 'operation'),
      plural(count('model'), 'model'),
      plural(rules, 'rule'),
      plural(count('error'), 'error'),
      // Rounded down: all is said only of all.
      `all answers known for ${operations === 0 ? 0 : Math.floor((100 * known) / operations)} % of operations`,
      plural(set.questions.length, 'open question'),
    ].join(', '),
  )
  const { errors: expected } = countExpected(set.facts)
  if (expected.expected > 0)
    input.print(
      `Tests of the repository expect ${plural(expected.expected, 'error')} of these operations: ${expected.told} told, ${expected.asked} asked, ${expected.expected - expected.told - expected.asked} of no code that was followed.`,
    )
  const places = set.code?.read?.errorPlaces
  if (places && places.reached < places.all)
    input.print(
      `The code answers errors in ${plural(places.all, 'place')}: ${places.reached} ran for these operations${places.reached < places.all / 2 ? ', so most of the service may be missing' : ''}.`,
    )
  for (const { path, detail } of read.slice(0, 10)) input.print(`  ${path}: ${detail}`)
  if (read.length > 10) input.print(`  and ${read.length - 10} more files that could not be read whole`)
  for (const { text, why, path, line } of set.questions.slice(0, 10))
    input.print(`  ? ${text} ${why} (${path}:${line})`)
  input.print(
    {
      written: `Facts: ${join(dir, factsPath)}. Commit it; \`heavylift spec check\` tells from now on where code and spec part.`,
      kept: `${factsPath} has what was agreed, and stays; \`heavylift spec check\` compares.`,
      nothing: 'Nothing was understood that could be agreed on, so no file was written.',
    }[agreed],
  )
  input.report({ stage: 'opening it in the studio, where one runs', done: set.files.length, unit: 'files' })
  // What was read is kept: the server takes it from there.
  const studio = await openInStudio(dir, input)
  input.print(
    studio === null
      ? 'Studio: start Heavylift (`npx heavylift serve`), and run this again: it opens there with what was read now.'
      : `Studio: ${studio}`,
  )
  return {
    format: 1 as const,
    counts: {
      operations,
      known,
      models: count('model'),
      rules,
      errors: count('error'),
      questions: set.questions.length,
    },
    operations: found,
    /** What is asked of no operation, or of many. */
    questions: questionsOfNone(set),
    /** Errors that tests of the repository expect, by operation and status: what is neither told nor asked is of no code that was followed. */
    expectedErrors: expected,
    /** What routes requests, or is of another language, and is not read: an empty spec comes of it. */
    notRead: [
      ...set.frameworks.flatMap(({ name, isRead }) => (isRead ? [] : [name])),
      ...unreadLanguages(set.files).map(([language]) => language),
    ],
    seconds,
    studio,
  }
}

const openedSchema = z.object({ id: z.string() })

/** Opens the folder in the studio of the server that runs; its address, or null where none runs or it may not. */
async function openInStudio(folder: string, { api }: Pick<CommandInput, 'api'>): Promise<string | null> {
  try {
    const response = await api('/api/spec/repositories', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ folder }),
    })
    if (!response.ok) return null
    const { id } = openedSchema.parse(await response.json())
    return new URL(`/spec/studio/${id}`, response.url).href
  } catch (error) {
    if (HeavyliftError.isInstance(error)) return null
    throw error
  }
}
