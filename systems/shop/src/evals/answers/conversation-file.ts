import { readFile, readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'
import { languageCodes } from '../../language/languages.ts'

/** What an answer should do. All that is stated has to hold; what is left out is not looked at. */
const expectation = z.strictObject({
  /** Titles, or parts of titles, or ids: the answer is about one of them first, and each has to be shown. */
  shows: z.array(z.string().min(1)).min(1).optional(),
  /** Nothing else than what `shows` names is shown. */
  only: z.boolean().optional(),
  /** Nothing is said to fit: what is shown, if anything, is called near. */
  none: z.boolean().optional(),
  /** No card costs more, in the currency's major unit. */
  atMost: z.number().optional(),
  /** Words that stand in the text, a table or a quotation, whatever their case; `a|b`: one of them. */
  says: z.array(z.string().min(1)).optional(),
  saysNot: z.array(z.string().min(1)).optional(),
})
export type StatedExpectation = z.output<typeof expectation>

const conversationFile = z.strictObject({
  /** The store's export, beside this file. */
  store: z.string(),
  language: z.enum(languageCodes).default('en'),
  currency: z.string().length(3).default('USD'),
  /** Which column is which, as `map=` of an import. */
  map: z.record(z.string(), z.string()).default({}),
  /** What the store says of itself. */
  policies: z.array(z.strictObject({ section: z.string(), title: z.string(), text: z.string() })).default([]),
  conversations: z.array(
    z.strictObject({
      name: z.string(),
      turns: z.array(
        z.strictObject({
          say: z.string().min(1),
          /** The id of the product whose page is open from this turn on. */
          page: z.string().optional(),
          expect: expectation.optional(),
        }),
      ),
    }),
  ),
})

export interface StoreConversations extends z.output<typeof conversationFile> {
  /** The file's name below the folder. */
  name: string
  storePath: string
  /** Where wishes are marked beside it, if there are any. */
  wishesPath: string
}

/** Every `*.conversations.json` below a folder. Throws where there is none, or where one is not of the form. */
export async function readConversationFiles(folder: string): Promise<StoreConversations[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.conversations.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  if (files.length === 0)
    throw new HeavyliftError({
      code: 'eval-data-missing',
      message: `No *.conversations.json below ${folder}.`,
      status: 400,
    })
  return Promise.all(
    files.map(async (file) => {
      const name = relative(folder, file)
      const parsed = conversationFile.safeParse(JSON.parse(await readFile(file, 'utf8')))
      if (!parsed.success)
        throw new HeavyliftError({
          code: 'eval-data-invalid',
          message: `${name}: ${z.prettifyError(parsed.error)}`,
          status: 400,
        })
      return {
        ...parsed.data,
        name,
        storePath: join(dirname(file), parsed.data.store),
        wishesPath: file.replace(/conversations\.json$/, 'wishes.tsv'),
      }
    }),
  )
}
