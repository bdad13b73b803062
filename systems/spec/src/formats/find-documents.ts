import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { readScope } from '../facts/read-scope.ts'
import type { DocumentKind, SpecDocument, SpecFormat } from './document.ts'
import { readKiro } from './kiro.ts'
import { readOpenSpec } from './openspec.ts'
import { readSpecKit } from './spec-kit.ts'

export interface FoundDocument {
  /** Below the folder that was searched, with `/`. */
  path: string
  format: SpecFormat
  kind: DocumentKind
  /** The feature, capability or change it belongs to. */
  feature: string
}

const leftOut = new Set(['node_modules', '.git', 'vendor', 'dist', 'build', 'target', '.venv'])

/** Files of spec formats below a folder, by path; links are not followed, so that a loop of them ends. */
export async function findDocuments(folder: string, signal?: AbortSignal): Promise<FoundDocument[]> {
  const found: FoundDocument[] = []
  const visit = async (at: string): Promise<void> => {
    signal?.throwIfAborted()
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (entry.isDirectory() && !leftOut.has(entry.name)) await visit(path)
      else if (entry.isFile() && entry.name.endsWith('.md')) {
        const document = classify(relative(folder, path).split(sep).join('/'))
        if (document) found.push(document)
      }
    }
  }
  const [{ isLeftOut }] = await Promise.all([readScope(folder), visit(folder)])
  return found.filter(({ path }) => !isLeftOut(path)).toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** What a path is by the layout of its tool; null for what is none of theirs. */
export function classify(path: string): FoundDocument | null {
  const kiro = /(?:^|\/)\.kiro\/specs\/(.+)\/([^/]+)\.md$/.exec(path)
  if (kiro) return found(path, 'kiro', kiroKinds[kiro[2] ?? ''] ?? 'other', kiro[1])
  const change = /(?:^|\/)openspec\/changes\/(?:archive\/)?([^/]+)\/(.+)\.md$/.exec(path)
  if (change) {
    const [, name, file = ''] = change
    const kind = /^specs\/(?:.+\/)?spec$/.test(file) ? 'delta' : file === 'tasks' ? 'tasks' : 'other'
    return found(path, 'openspec', kind, name)
  }
  const spec = /(?:^|\/)openspec\/specs\/(.+)\/([^/]+)\.md$/.exec(path)
  if (spec) return found(path, 'openspec', spec[2] === 'spec' ? 'spec' : 'other', spec[1])
  const kit = /(?:^|\/)specs\/(\d{3,}-[^/]+)\/(.+)\.md$/.exec(path)
  if (kit) return found(path, 'spec-kit', kitKinds[kit[2] ?? ''] ?? 'other', kit[1])
  return null
}

const kiroKinds: Record<string, DocumentKind> = {
  requirements: 'spec',
  bugfix: 'bugfix',
  design: 'design',
  tasks: 'tasks',
}
const kitKinds: Record<string, DocumentKind> = { spec: 'spec', tasks: 'tasks', plan: 'design' }

function found(path: string, format: SpecFormat, kind: DocumentKind, feature = ''): FoundDocument {
  return { path, format, kind, feature }
}

/** Reads the text of a file by its format. */
export function readDocument(
  text: string,
  { format, kind }: Pick<FoundDocument, 'format' | 'kind'>,
): SpecDocument {
  if (format === 'kiro') return readKiro(text, kind)
  return format === 'openspec' ? readOpenSpec(text, kind) : readSpecKit(text, kind)
}
