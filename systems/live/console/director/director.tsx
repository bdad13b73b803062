import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { plural } from '@heavylift/core/text'
import { Chip, Empty, ErrorState, Loaded, Notice, Page, useUrlState } from '@heavylift/ui'
import { api } from '../api.ts'
import type { MatchListing } from '../../src/routes/answers.ts'
import { MatchDesk } from './match-desk.tsx'
import { MatchStrip } from './match-strip.tsx'

/** What is played now: every match in a strip, the chosen one large, with what it means and a way back in time. */
export default function Director() {
  const [url, setUrl] = useUrlState({ match: '', t: '', sel: '' })
  const client = useQueryClient()
  const matches = useQuery({
    queryKey: ['live', 'matches'],
    queryFn: ({ signal }) => api.get('/matches', { signal }),
    refetchInterval: 2_000,
  })
  /** How many were just taken away; null before, and once they are started again. */
  const [removed, setRemoved] = useState<number | null>(null)
  const sample = useMutation({
    async mutationFn(change: 'start' | 'remove') {
      if (change === 'start') await api.post('/sample')
      return change === 'start' ? null : (await api.delete('/sample')).removed
    },
    onSuccess: setRemoved,
    onSettled: () => client.invalidateQueries({ queryKey: ['live', 'matches'] }),
  })
  const samples = matches.data?.matches.filter(({ isSample }) => isSample).length ?? 0
  return (
    <Page
      title="Director"
      lead="What is played now, what it means, and whether it came true."
      actions={
        <>
          {matches.data && matches.data.matches.length > 0 ? (
            <Button
              size="compact-sm"
              variant="default"
              component={Link}
              to={'/live/recap' as '/'}
              search={(url.match === '' ? {} : { match: url.match }) as never}
            >
              Recap
            </Button>
          ) : null}
          {samples > 0 ? (
            <>
              <Chip tone="warn">Simulated matches</Chip>
              <Button
                size="compact-sm"
                variant="default"
                loading={sample.isPending}
                onClick={() => sample.mutate('remove')}
              >
                Remove them
              </Button>
            </>
          ) : null}
        </>
      }
    >
      {sample.isError ? <ErrorState error={sample.error} /> : null}
      {removed !== null && samples === 0 ? (
        <Notice
          title={`${plural(removed, 'simulated match', 'simulated matches')} removed, with insights and moments`}
          actions={
            <Button size="compact-sm" variant="default" onClick={() => sample.mutate('start')}>
              Start simulated matches again
            </Button>
          }
        />
      ) : null}
      <Loaded of={matches} what="Loading matches">
        {({ matches: listed }) => {
          const chosen = listed.find(({ match }) => match.id === url.match) ?? firstOf(listed)
          if (!chosen)
            return (
              <Empty
                title="No match yet"
                action={
                  <Button loading={sample.isPending} onClick={() => sample.mutate('start')}>
                    Start simulated matches
                  </Button>
                }
              >
                Play a file with <span className="hl-code">npx heavylift live replay FILE</span>, send a feed
                to <span className="hl-code">POST /api/live/feed</span>, or start simulated ones.
              </Empty>
            )
          return (
            <>
              <MatchStrip
                matches={inOrder(listed)}
                chosenId={chosen.match.id}
                onChoose={(match) => setUrl({ match, t: '', sel: '' })}
              />
              <MatchDesk key={chosen.match.id} listing={chosen} url={url} setUrl={setUrl} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** Those that are played first, newest start first: an order that stays while they are played. */
function inOrder(listed: MatchListing[]): MatchListing[] {
  const isLive = ({ status }: MatchListing) => (status === 'live' ? 1 : 0)
  return listed.toSorted((a, b) => isLive(b) - isLive(a) || b.firstEventMs - a.firstEventMs)
}

/** Football first, as it has the most to see; else what had the newest event. */
function firstOf(listed: MatchListing[]): MatchListing | undefined {
  return listed.find(({ match, status }) => match.sport === 'nfl' && status === 'live') ?? listed[0]
}
