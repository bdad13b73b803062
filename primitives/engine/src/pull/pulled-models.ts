import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { NotFoundError } from '@heavylift/core'
import { z } from 'zod'
import { PullError } from './pull-error.ts'

const manifestSchema = z.object({
  name: z.string(),
  /** Beside the manifest. */
  file: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  source: z.string(),
  licence: z.string().nullable(),
  architecture: z.string(),
  contextTokens: z.number().nullable(),
  hasChatTemplate: z.boolean(),
  /** Gives vectors, and no text. Models that earlier releases pulled do not say. */
  isEmbedder: z.boolean().default(false),
  pulledAtMs: z.number(),
})

/** A model on disk, as `pulled/<name>/model.json` says. */
export type PulledModel = z.output<typeof manifestSchema> & {
  /** Absolute path of the GGUF file. */
  path: string
}

const currentSchema = z.object({ engine: z.string() })

/** Throws `model-name-invalid`. Names become folders, so they hold nothing else. */
export function checkModelName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name)) return
  throw new PullError(
    'model-name-invalid',
    `A model's name is letters, digits and . _ - (at most 64); got "${name}". Choose one with --name.`,
  )
}

export function modelDir(dataDir: string, name: string): string {
  return join(dataDir, 'pulled', name)
}

/** The pulled models by name. `dataDir` is the folder of the models system. A folder without a whole manifest is none. */
export async function listPulled(dataDir: string): Promise<PulledModel[]> {
  const names = await readdir(join(dataDir, 'pulled')).catch(() => [])
  const found = await Promise.all(names.map((name) => readManifest(dataDir, name)))
  return found
    .filter((model) => model !== null)
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/**
 * The file of a pulled model, or of an absolute path to a GGUF file. Throws `NotFoundError` `model-not-pulled` with the
 * command that pulls it.
 */
export async function resolveModelFile(
  dataDir: string,
  model: string,
): Promise<{ name: string; path: string }> {
  if (isAbsolute(model)) return { name: model.replace(/^.*[\\/]|\.gguf$/g, ''), path: model }
  const pulled = await readManifest(dataDir, model)
  if (pulled) return { name: pulled.name, path: pulled.path }
  throw new NotFoundError({
    code: 'model-not-pulled',
    message: `The model "${model}" is not on this machine. Fetch it with: heavylift models pull ${model}`,
  })
}

export async function readManifest(dataDir: string, name: string): Promise<PulledModel | null> {
  const folder = modelDir(dataDir, name)
  const text = await readFile(join(folder, 'model.json'), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const manifest = manifestSchema.parse(JSON.parse(text))
    return { ...manifest, path: join(folder, manifest.file) }
  } catch {
    return null
  }
}

/** Written last, in one step: a model exists when its manifest does. */
export async function writeManifest(dataDir: string, model: Omit<PulledModel, 'path'>): Promise<PulledModel> {
  const folder = modelDir(dataDir, model.name)
  await writeWhole(join(folder, 'model.json'), manifestSchema.parse(model))
  return { ...model, path: join(folder, model.file) }
}

/** Deletes a pulled model; another one, if there is one, becomes current. Throws `NotFoundError` `model-not-pulled`. */
export async function removePulled(dataDir: string, name: string): Promise<PulledModel> {
  const model = await readManifest(dataDir, name)
  if (model === null) {
    throw new NotFoundError({
      code: 'model-not-pulled',
      message: `The model "${name}" is not on this machine. See: heavylift models list`,
    })
  }
  await rm(modelDir(dataDir, name), { recursive: true, force: true })
  if ((await readCurrentModel(dataDir)) === name) {
    const next = (await listPulled(dataDir)).find(({ isEmbedder }) => !isEmbedder)
    if (next) await writeCurrentModel(dataDir, next.name)
    else await rm(join(dataDir, 'current.json'), { force: true })
  }
  return model
}

/** Name of the pulled model that texts are embedded with, or null: the first there is. */
export async function readEmbedder(dataDir: string): Promise<string | null> {
  return (await listPulled(dataDir)).find(({ isEmbedder }) => isEmbedder)?.name ?? null
}

/** Name of the model that the local engine serves, or null. */
export async function readCurrentModel(dataDir: string): Promise<string | null> {
  try {
    return currentSchema.parse(JSON.parse(await readFile(join(dataDir, 'current.json'), 'utf8'))).engine
  } catch {
    return null
  }
}

export async function writeCurrentModel(dataDir: string, name: string): Promise<void> {
  await writeWhole(join(dataDir, 'current.json'), { engine: name })
}

async function writeWhole(path: string, value: unknown): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  const draft = `${path}.${process.pid}.draft`
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`)
  await rename(draft, path)
}
