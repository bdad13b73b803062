import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Empty, Loaded, Page, Panel, useUrlState } from '@heavylift/ui'
import { api } from '../api.ts'
import type { MatchListing } from '../../src/routes/answers.ts'
import { PictureRecap } from './picture-recap.tsx'
import { RecapPlayer } from './recap-player.tsx'
import { reasonWords, recapTime } from './told.ts'
import live from '../live.module.css'
import styles from './recap.module.css'

/** What brings a late joiner to now, moment by moment, played from its video, or drawn where there is none. */
export default function Recap() {
  const [url, setUrl] = useUrlState({ match: '' })
  const matches = useQuery({
    queryKey: ['live', 'matches'],
    queryFn: ({ signal }) => api.get('/matches', { signal }),
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
              <RecapOf key={id} listing={chosen} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function RecapOf({ listing }: { listing: MatchListing }) {
  const matchId = listing.match.id
  const recap = useQuery({
    queryKey: ['live', 'recap', matchId],
    queryFn: ({ signal }) => api.get('/matches/:matchId/recap', { params: { matchId }, signal }),
  })
  return (
    <Loaded of={recap} what="Choosing moments">
      {({ hasVideo, durationMs, cuts, moments }) => (
        <div className={live['desk']}>
          <div className={live['desk-main']}>
            {hasVideo ? (
              <Panel>
                <RecapPlayer matchId={matchId} />
              </Panel>
            ) : cuts.length === 0 ? (
              <Empty title="Nothing to tell yet">
                The recap is there when the match has its first moment.
              </Empty>
            ) : (
              <>
                <PictureRecap listing={listing} cuts={cuts} moments={moments} />
                <p className="hl-dim">
                  Drawn from the feed, since this match has no video. PUT the video’s HLS address to{' '}
                  <span className="hl-code">/api/live/matches/{matchId}/stream</span> and it plays here.
                </p>
              </>
            )}
          </div>
          <div className={live['desk-side']}>
            <Panel title="Moments" note={`${Math.round(durationMs / 1000)} s in all`} flush>
              <ol className={styles['recap-moments']}>
                {moments.map(({ fromMs, text, reasons }) => (
                  <li key={`${fromMs} ${text}`}>
                    <span className="hl-number hl-dim">{recapTime(fromMs)}</span>
                    <span>{text}</span>
                    <small className="hl-dim">
                      {reasons.map((reason) => reasonWords[reason]).join(', ')}
                    </small>
                  </li>
                ))}
              </ol>
            </Panel>
          </div>
        </div>
      )}
    </Loaded>
  )
}
