import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { acceptedPath, factsPath } from '../facts/agreed-facts.ts'
import { git } from '../plan/git.ts'

export interface HistoryEntry {
  atMs: number
  kind: 'commit' | 'accepted'
  by: string
  commit: string
  /** What was done: the commit's subject, or how many drifts were accepted. */
  title: string
  /** Files of the spec that changed, or requirements that were accepted. */
  details: string[]
}

const acceptedLine = z.object({
  by: z.string(),
  commit: z.string(),
  at: z.iso.datetime(),
  drifts: z.array(
    z.object({ requirement: z.string(), was: z.string().nullable(), is: z.string().nullable() }),
  ),
})

const mostCommits = 50

/** What happened to the specs of a repository, the latest first: commits that changed them, and drift that people accepted. */
export async function historyOf(
  root: string,
  specPaths: readonly string[],
  signal: AbortSignal,
): Promise<HistoryEntry[]> {
  const log = await git(
    root,
    [
      'log',
      `--max-count=${mostCommits}`,
      '--name-only',
      '--format=%x1e%H%x1f%at%x1f%an%x1f%s',
      '--',
      ...specPaths.slice(0, 500),
      factsPath,
    ],
    signal,
  ).catch(() => '')
  const commits = log
    .split('\u001E')
    .slice(1)
    .map((entry): HistoryEntry => {
      const [head = '', ...files] = entry.trim().split('\n')
      const [commit = '', seconds = '0', by = '', title = ''] = head.split('\u001F')
      return {
        atMs: Number(seconds) * 1000,
        kind: 'commit',
        by,
        commit,
        title,
        details: files.filter((path) => path !== ''),
      }
    })
  return [...commits, ...(await acceptedIn(root))].toSorted((a, b) => b.atMs - a.atMs)
}

async function acceptedIn(root: string): Promise<HistoryEntry[]> {
  const text = await readFile(join(root, acceptedPath), 'utf8').catch(() => '')
  return text.split('\n').flatMap((line): HistoryEntry[] => {
    const read = acceptedLine.safeParse(parsed(line))
    if (!read.success) return []
    const { by, commit, at, drifts } = read.data
    return [
      {
        atMs: Date.parse(at),
        kind: 'accepted',
        by,
        commit,
        title: `Accepted what the code does: ${drifts.length === 1 ? '1 drift' : `${drifts.length} drifts`}`,
        details: drifts.map(
          ({ requirement, was, is }) => `${requirement}: ${was ?? 'nothing'} → ${is ?? 'nothing'}`,
        ),
      },
    ]
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
