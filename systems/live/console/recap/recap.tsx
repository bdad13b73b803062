import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Empty, getJson, Loaded, Page, Panel, useUrlState } from '@heavylift/console'
import { RecapPlayer } from './recap-player.tsx'

interface Told {
  hasVideo: boolean
  durationMs: number
  moments: { fromMs: number; text: string; reasons: string[] }[]
}

/** What brings a late joiner to now, moment by moment, and the player where the match has video. */
export default function Recap() {
  const [url, setUrl] = useUrlState({ match: '' })
  const matches = useQuery({
    queryKey: ['live', 'matches'],
    queryFn: ({ signal }) =>
      getJson<{ matches: { match: { id: string; title: string } }[] }>('/api/live/matches', { signal }),
  })
  return (
    <Page title="Recap" lead="Two minutes that bring a late joiner to now, then into the live stream.">
      <Loaded of={matches} what="Loading matches">
        {({ matches: listed }) => {
          const chosen = listed.find(({ match }) => match.id === url.match) ?? listed[0]
          if (!chosen) return <Empty title="No match yet">Replay a feed or start a simulated one.</Empty>
          const { id } = chosen.match
          return (
            <>
              <NativeSelect
                label="Match"
                value={id}
                data={listed.map(({ match }) => ({ value: match.id, label: match.title }))}
                onChange={(event) => setUrl({ match: event.currentTarget.value })}
              />
              <RecapOf key={id} matchId={id} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function RecapOf({ matchId }: { matchId: string }) {
  const recap = useQuery({
    queryKey: ['live', 'recap', matchId],
    queryFn: ({ signal }) =>
      getJson<Told>(`/api/live/matches/${encodeURIComponent(matchId)}/recap`, { signal }),
  })
  return (
    <Loaded of={recap} what="Choosing moments">
      {({ hasVideo, durationMs, moments }) => (
        <>
          {hasVideo ? (
            <Panel>
              <RecapPlayer matchId={matchId} />
            </Panel>
          ) : (
            <Empty title="No video of this match">
              PUT its HLS address to /api/live/matches/{matchId}/stream and the recap plays here.
            </Empty>
          )}
          <Panel title="Moments" note={`${Math.round(durationMs / 1000)} s in all`}>
            <ol>
              {moments.map(({ fromMs, text, reasons }) => (
                <li key={`${fromMs} ${text}`}>
                  {(fromMs / 1000).toFixed(0)} s: {text} <small>{reasons.join(', ')}</small>
                </li>
              ))}
            </ol>
          </Panel>
        </>
      )}
    </Loaded>
  )
}
