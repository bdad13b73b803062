import type { Random } from '@heavylift/core/math'
import { wordsOf } from '../../registry/words.ts'
import type { FleetAgent } from './fleet.ts'
import type { Work } from './works.ts'

/** A search, and what it was for. */
export interface Asked {
  /** By what somebody looks: the groups that are scored by themselves. */
  group: string
  text: string
  isWanted: (agent: FleetAgent) => boolean
}

/** Words that stand in so many descriptions that nobody looks for them. */
const tooCommonShare = 0.1
const mostOtherWords = 12

/** Searches of people who look for agents, each group by another thing. None is a text of the index: words are few, out of order, misspelt, or somebody else's. */
export function askAbout(works: readonly Work[], fleet: readonly FleetAgent[], random: Random): Asked[] {
  const asked: Asked[] = []
  const counts = new Map<string, number>()
  for (const { text } of works)
    for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1)
  const telling = (text: string): string[] =>
    [...new Set(text.match(/[\p{L}\p{N}]{3,}/gu))].filter((word) =>
      wordsOf(word).some((stem) => (counts.get(stem) ?? 0) <= Math.max(2, works.length * tooCommonShare)),
    )
  const byWork = Map.groupBy(fleet, ({ work }) => work)
  for (const work of works) {
    const isOfWork = (agent: FleetAgent): boolean => agent.work === work.id
    const words = telling(work.text)
    if (words.length >= 2) {
      const few = random.sample(words, 4)
      asked.push({ group: 'job', text: few.join(' '), isWanted: isOfWork })
      asked.push({ group: 'jobMisspelt', text: misspelt(few, random).join(' '), isWanted: isOfWork })
      const mine = random.pick(byWork.get(work.id) ?? [])
      if (mine !== undefined)
        asked.push({
          group: 'jobOfTeam',
          text: random.sample([few.slice(0, 3).join(' '), mine.team ?? ''], 2).join(' '),
          isWanted: ({ name }) => name === mine.name,
        })
    }
    for (const { source, text } of work.others) {
      const said = text.split(/\s+/).slice(0, mostOtherWords).join(' ')
      asked.push({ group: `otherWords of ${source}`, text: said, isWanted: isOfWork })
      const names = new Set(wordsOf(`${work.title} ${work.publisher}`))
      const unnamed = said.split(/\s+/).filter((word) => !wordsOf(word).some((stem) => names.has(stem)))
      if (telling(unnamed.join(' ')).length >= 3)
        asked.push({ group: `otherWordsUnnamed of ${source}`, text: unnamed.join(' '), isWanted: isOfWork })
    }
  }
  const some = random.sample(fleet, works.length)
  for (const agent of some) {
    const tool = agent.edges.find(({ kind }) => kind === 'tool')!.target
    const data = agent.edges.find(({ kind, target }) => kind === 'data' && target.startsWith('sql:'))!.target
    const owner = misspelt((agent.owner ?? '').split(' '), random).join(' ')
    asked.push(
      {
        group: 'tool',
        text: spaced(tool),
        isWanted: ({ edges }) => edges.some(({ target }) => target === tool),
      },
      {
        group: 'data',
        text: spaced(data),
        isWanted: ({ edges }) => edges.some(({ target }) => target === data),
      },
      { group: 'owner', text: owner, isWanted: (other) => other.owner === agent.owner },
      {
        group: 'team',
        text: random.sample((agent.team ?? '').toLowerCase().split(' '), 3).join(' '),
        isWanted: ({ team }) => team === agent.team,
      },
    )
  }
  return asked
}

const spaced = (name: string): string => name.replaceAll(/[^a-z0-9]+/gi, ' ')

/** The longest word with one letter left out, doubled or changed places with its neighbour, never its first. */
function misspelt(words: readonly string[], random: Random): string[] {
  const longest = Math.max(...words.map(({ length }) => length))
  const at = words.findIndex(({ length }) => length === longest)
  return words.map((word, index) => {
    if (index !== at || word.length < 5) return word
    const place = 1 + Math.floor(random.next() * (word.length - 2))
    const way = random.next()
    if (way < 1 / 3) return word.slice(0, place) + word.slice(place + 1)
    if (way < 2 / 3) return word.slice(0, place) + word[place]! + word.slice(place)
    return word.slice(0, place) + word[place + 1]! + word[place]! + word.slice(place + 2)
  })
}
