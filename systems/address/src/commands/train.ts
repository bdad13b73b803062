import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { weightsDir, weightsName } from '../parse/committed-tagger.ts'
import { addressKey, learnedName } from '../parse/learn/learned.ts'
import { trainDefaults, trainTagger } from '../parse/learn/train-tagger.ts'
import { readLabelledXml } from '../parse/learn/usaddress-xml.ts'
import { writeWeights } from '../parse/weights-file.ts'

/** `heavylift address train FILE,…`: learns the tagger from labelled XML and made addresses, and writes weights and a report. */
export async function runTrain({ args, options, report, signal, print }: CommandInput) {
  const files = (args['files'] ?? '').split(',').filter((name) => name !== '')
  const coarse = new Set(String(options['coarse'] ?? '').split(','))
  const sets = await Promise.all(
    files.map(async (file) => {
      const xml = await readFile(file, 'utf8').catch((error: unknown) => {
        throw new InvalidInputError({
          code: 'file-not-found',
          message: `There is no file "${file}".`,
          cause: error,
        })
      })
      return { addresses: readLabelledXml(xml, basename(file)), isCoarse: coarse.has(basename(file)) }
    }),
  )
  const outDir = typeof options['out'] === 'string' ? resolve(options['out']) : weightsDir
  const settings = {
    ...trainDefaults,
    ...(options['seed'] === undefined ? {} : { seed: Number(options['seed']) }),
  }
  const weights = trainTagger(sets, settings, { report, signal })
  const bytes = writeWeights(weights)
  const learned = {
    files: files.map((file, at) => ({
      name: basename(file),
      addresses: sets[at]?.addresses.length ?? 0,
      isCoarse: sets[at]?.isCoarse ?? false,
    })),
    settings,
    bytes: bytes.length,
    // By key, so that no eval scores them.
    addresses: [...new Set(sets.flatMap(({ addresses }) => addresses.map(addressKey)))],
  }
  await mkdir(outDir, { recursive: true })
  await writeFile(join(outDir, weightsName), bytes)
  await writeFile(join(outDir, learnedName), `${JSON.stringify(learned, null, 2)}\n`)
  print(`${join(outDir, weightsName)}  ${bytes.length} bytes`)
  return { outDir, bytes: bytes.length }
}
