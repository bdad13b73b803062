import { Empty } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AnswerPart } from '../../src/domain/answer.ts'
import { AnswerReplay } from '../answer-replay.tsx'
import { api } from '../api.ts'
import type { ConversationTurn } from '../../src/routes/schemas/conversation.ts'
import './miniature.css'

/** The last turn of the newest conversation; null while nobody has asked anything. */
async function newestTurn(signal: AbortSignal): Promise<ConversationTurn | null> {
  const list = await api.get('/conversations', { query: { limit: 1 }, signal })
  const newest = list.conversations[0]
  if (!newest) return null
  const detail = await api.get('/conversations/:conversationId', {
    params: { conversationId: newest.id },
    signal,
  })
  return detail.turns.at(-1) ?? null
}

/** An answer forming: the newest turn, replayed slowed down to what an eye can follow. */
export default function ShopMiniature() {
  const turn = useQuery({
    queryKey: ['shop', 'newest-turn'],
    queryFn: ({ signal }) => newestTurn(signal),
    refetchInterval: 15_000,
  })
  if (turn.data) return <Replay key={turn.data.turnId} turn={turn.data} />
  return (
    <div className="shop-mini">
      {turn.isPending ? null : (
        <Empty title="Ask the assistant">
          <a href="/store/" target="_blank" rel="noreferrer">
            Ask in the demo store
          </a>
          : the answer forms here too.
        </Empty>
      )}
    </div>
  )
}

const stepMs = 320

function Replay({ turn }: { turn: ConversationTurn }) {
  const parts = turn.parts ?? none
  const shown = useSteps(parts)
  return (
    <div className="shop-mini">
      <p className="shop-mini-asked">{turn.message}</p>
      <div className="shop-mini-answer" inert>
        <AnswerReplay parts={shown} />
      </div>
    </div>
  )
}

const none: readonly AnswerPart[] = []

/** Parts one after another; all of them at once for people who want no motion. */
function useSteps(parts: readonly AnswerPart[]): readonly AnswerPart[] {
  const [isStill] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches)
  const [count, setCount] = useState(isStill ? parts.length : 1)
  useEffect(() => {
    if (count >= parts.length) return
    const next = parts[count]
    const timer = setTimeout(() => setCount(count + 1), next?.type === 'text-delta' ? 60 : stepMs)
    return () => clearTimeout(timer)
  }, [count, parts])
  return count >= parts.length ? parts : parts.slice(0, count)
}
