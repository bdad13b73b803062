import { createHash } from 'node:crypto'

/** The first 32 bits of the SHA-256 of a group's id: which part a group falls into depends on its id alone. */
export function groupHash(group: string): number {
  return createHash('sha256').update(group).digest().readUInt32BE(0)
}

/** Fold (0..folds-1) of each distinct group: groups in order of their hashes are dealt out in turn, so that folds are even. */
export function foldOfGroups(groups: Iterable<string>, folds: number): Map<string, number> {
  const ordered = [...new Set(groups)]
    .map((group) => ({ group, hash: groupHash(group) }))
    .toSorted((a, b) => a.hash - b.hash || (a.group < b.group ? -1 : 1))
  return new Map(ordered.map(({ group }, rank) => [group, rank % folds]))
}
