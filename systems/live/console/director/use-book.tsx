import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useEvents } from '@heavylift/ui'
import { api } from '../api.ts'
import { InsightBook } from './insight-book.ts'
import type { Book } from './insight-book.ts'

/** Words on screen change this often, however many insights come. */
const everyMs = 500

/** What is known of a match, kept up to date by `feed`, which has to be in the page. */
export function useBook(matchId: string): { book: Book; error: unknown; feed: React.ReactNode } {
  const books = useMemo(() => new InsightBook(), [matchId])
  const [book, setBook] = useState<Book>(() => books.read())
  const past = useQuery({
    queryKey: ['live', 'book', matchId],
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const [{ insights }, { tags }] = await Promise.all([
        api.get('/matches/:matchId/insights', { params: { matchId }, query: { limit: 1000 }, signal }),
        api.get('/tags', { query: { match: matchId, limit: 500 }, signal }),
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
  return { book, error: past.error, feed: <BookFeed matchId={matchId} books={books} /> }
}

/** Draws nothing: many insights a second redraw nothing else. */
function BookFeed({ matchId, books }: { matchId: string; books: InsightBook }) {
  useEvents(api.events('/matches/:matchId/insights/stream', { params: { matchId } }), (told) => {
    if (told.event === 'insight') books.takeInsight(told.data)
    else if (told.event === 'tag') books.takeTag(told.data.tag)
    else if (told.event === 'scored') {
      const { insightId, kind: _, ...result } = told.data
      books.takeResult(insightId, result)
    }
  })
  return null
}
