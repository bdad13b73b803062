import { basename } from 'node:path'
import { catalogue } from './catalogue.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { PullError } from './pull-error.ts'

/** Where a model comes from, read from what a person typed. */
export type ModelSource =
  | { kind: 'catalogue'; entry: CatalogueEntry; name: string }
  | { kind: 'file'; path: string; name: string }
  | { kind: 'url'; url: string; name: string; label: string; headers: Record<string, string> }

/**
 * Reads `smollm2`, `./model.gguf`, `https://…/model.gguf` or `hf:owner/repo/file.gguf` (optionally `owner/repo@revision`).
 * @throws PullError `model-unknown`.
 */
export function parseModelSource(
  text: string,
  name: string | null,
  env: Record<string, string | undefined> = {},
): ModelSource {
  const entry = catalogue.find((candidate) => candidate.name === text)
  if (entry) return { kind: 'catalogue', entry, name: name ?? entry.name }
  if (text.startsWith('hf:')) return fromHub(text, name, env)
  if (/^https?:\/\//.test(text)) {
    const url = URL.parse(text)
    if (url === null) throw new PullError('model-unknown', `"${text}" is not an address.`)
    const label = `${url.host}${url.pathname}`
    return { kind: 'url', url: url.href, name: name ?? nameOf(url.pathname), label, headers: {} }
  }
  if (/\.gguf$/i.test(text)) return { kind: 'file', path: text, name: name ?? nameOf(text) }
  const known = catalogue.map((candidate) => candidate.name).join(', ')
  throw new PullError(
    'model-unknown',
    `There is no model "${text}". Known names: ${known}. Else give a GGUF file: ./file.gguf, hf:owner/repo/file.gguf or an https address.`,
  )
}

function fromHub(text: string, name: string | null, env: Record<string, string | undefined>): ModelSource {
  const match = /^hf:([\w.-]+)\/([\w.-]+)(?:@([\w./-]+?))?\/([^@]+\.gguf)$/i.exec(text)
  if (!match) {
    throw new PullError('model-unknown', `Write a file of the model hub as hf:owner/repo/file.gguf.`)
  }
  const [, owner = '', repo = '', revision = 'main', file = ''] = match
  const hub = (env['HF_ENDPOINT'] ?? 'https://huggingface.co').replace(/\/+$/, '')
  const token = env['HF_TOKEN']
  return {
    kind: 'url',
    url: `${hub}/${owner}/${repo}/resolve/${encodeURIComponent(revision)}/${file.split('/').map(encodeURIComponent).join('/')}`,
    name: name ?? nameOf(file),
    label: text,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  }
}

function nameOf(path: string): string {
  return basename(decodeURIComponent(path).replaceAll('\\', '/'))
    .replace(/\.gguf$/i, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .toLowerCase()
    .slice(0, 64)
}
