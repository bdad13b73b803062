import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { getJson, query, useLive } from '@heavylift/ui'
import type { Insight } from '../../src/domain/insight.ts'
import type { Tag } from '../../src/domain/tag.ts'
import type { InsightEntry, ScoredEvent } from '../shapes.ts'
import { InsightBook } from './insight-book.ts'
import type { Book } from './insight-book.ts'

/** Words on screen change this often, however many insights come. */
const everyMs = 500

/** What is known of a match, kept up to date by `feed`, which has to be in the page. */
export function useBook(matchId: string): { book: Book; error: unknown; feed: React.ReactNode } {
  const books = useMemo(() => new InsightBook(), [matchId])
  const [book, setBook] = useState<Book>(() => books.read())
  const base = `/api/live/matches/${encodeURIComponent(matchId)}`
  const past = useQuery({
    queryKey: ['live', 'book', matchId],
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const [{ insights }, { tags }] = await Promise.all([
        getJson<{ insights: InsightEntry[] }>(`${base}/insights?limit=1000`, { signal }),
        getJson<{ tags: Tag[] }>(`/api/live/tags${query({ match: matchId, limit: 500 })}`, { signal }),
      ])
      return { insights, tags }
    },
  })
  useEffect(() => {
    for (const { insight, outcome } of past.data?.insights ?? []) books.takeInsight(insight, outcome)
    for (const tag of past.data?.tags ?? []) books.takeTag(tag)
    setBook(books.read())
  }, [past.data, books])
  useEffect(() => {
    const timer = setInterval(() => setBook(books.read()), everyMs)
    return () => clearInterval(timer)
  }, [books])
  return { book, error: past.error, feed: <BookFeed path={`${base}/insights/stream`} books={books} /> }
}

/** Draws nothing: many insights a second redraw nothing else. */
function BookFeed({ path, books }: { path: string; books: InsightBook }) {
  useLive(path, ({ event, data }) => {
    if (event === 'insight') books.takeInsight(JSON.parse(data) as Insight)
    else if (event === 'tag') books.takeTag((JSON.parse(data) as { tag: Tag }).tag)
    else if (event === 'scored') {
      const { insightId, kind: _, ...result } = JSON.parse(data) as ScoredEvent
      books.takeResult(insightId, result)
    }
  })
  return null
}
