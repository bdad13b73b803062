import { Button, Kbd, NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  Empty,
  ErrorState,
  format,
  Loaded,
  Page,
  Panel,
  StaleBanner,
  StateMark,
  useEvents,
  useUrlState,
} from '@heavylift/ui'
import { api } from '../api.ts'
import type { GraphicListing, Layer } from '../../src/graphics/graphics-schemas.ts'
import type { LayerCommand } from '../../src/graphics/layer-state.ts'
import { airAddress } from './air-address.ts'
import { BrowserSource } from './browser-source.tsx'
import { DataForm } from './data-form.tsx'
import { draftOf, formFields, readDraft } from './form-fields.ts'
import { startByHand } from './start-by-hand.ts'
import type { Draft } from './form-fields.ts'
import { CameraPicture, useLooks } from './camera-picture.tsx'
import { Monitor } from './monitor.tsx'
import { usePlayer } from '../playback/use-playback.tsx'
import type { MatchListing } from '../../src/routes/answers.ts'
import { useHotKeys } from './use-hot-keys.ts'
import styles from './control.module.css'

/** The mixer's panel for graphics: what is next, what is on air, and the keys between. */
export default function Control() {
  const [url, setUrl] = useUrlState({ match: '', layer: 'main' })
  const matches = useQuery({
    queryKey: ['live', 'matches'],
    queryFn: ({ signal }) => api.get('/matches', { signal }),
  })
  const graphics = useQuery({
    queryKey: ['live', 'graphics'],
    queryFn: ({ signal }) => api.get('/graphics', { signal }),
  })
  return (
    <Page title="Graphics control" lead="Put graphics on air, or let the insights do it.">
      <Loaded of={matches} what="Loading matches">
        {({ matches: listed }) => {
          const chosen = listed.find(({ match }) => match.id === url.match) ?? listed[0]
          if (chosen === undefined)
            return (
              <Empty title="No match yet">Replay a feed or start a simulated one; it shows up here.</Empty>
            )
          return (
            <Loaded of={graphics} what="Loading graphics">
              {({ graphics: all }) => (
                <>
                  <div className={styles['control-head']}>
                    <NativeSelect
                      label="Match"
                      value={chosen.match.id}
                      data={listed.map(({ match }) => ({ value: match.id, label: match.title }))}
                      onChange={(event) => setUrl({ match: event.currentTarget.value })}
                    />
                    <TextInput
                      label="Layer"
                      value={url.layer}
                      onChange={(event) =>
                        setUrl({
                          layer: event.currentTarget.value.toLowerCase().replaceAll(/[^a-z0-9-]/g, ''),
                        })
                      }
                    />
                  </div>
                  <LayerDesk
                    key={`${chosen.match.id} ${url.layer}`}
                    match={chosen.match}
                    layer={url.layer === '' ? 'main' : url.layer}
                    graphics={all.filter(({ manifest }) =>
                      ['any', chosen.match.sport].includes(manifest.v_heavylift.sport),
                    )}
                  />
                </>
              )}
            </Loaded>
          )
        }}
      </Loaded>
    </Page>
  )
}

function LayerDesk({
  match,
  layer: name,
  graphics,
}: {
  match: MatchListing['match']
  layer: string
  graphics: GraphicListing[]
}) {
  const [layer, setLayer] = useState<Layer | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [chosenId, setChosenId] = useState(graphics[0]?.id ?? '')
  const [source, setSource] = useState<'insights' | 'form'>('insights')
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const live = useEvents(
    api.events('/matches/:matchId/graphics/stream', {
      params: { matchId: match.id },
      query: { layer: name },
    }),
    ({ data }) => setLayer(data),
  )

  const chosen = graphics.find(({ id }) => id === chosenId) ?? graphics[0]
  const fields = chosen ? formFields(chosen.manifest.schema) : []
  const begun = chosen === undefined ? undefined : drafts[chosen.id]
  const start = useQuery({
    queryKey: ['live', 'by-hand', match.id, chosen?.id],
    enabled: source === 'form' && chosen !== undefined,
    queryFn: ({ signal }) => startByHand(chosen!, match, signal),
    // What is edited does not change under the hand.
    staleTime: Infinity,
    gcTime: 0,
  })
  const draft = begun ?? draftOf(fields, start.data?.data ?? {})
  const { data, problems } = readDraft(fields, draft)
  const isBroken =
    source === 'form' &&
    (Object.keys(problems).length > 0 || (begun === undefined && start.data === undefined))

  const command = (body: LayerCommand) => {
    api.post('/matches/:matchId/graphics/:layer', { params: { matchId: match.id, layer: name }, body }).then(
      (next) => {
        setError(null)
        setLayer((before) => (before !== null && before.revision > next.revision ? before : next))
      },
      (failure: unknown) => setError(failure),
    )
  }
  const toPreview = (graphic: string) => {
    setChosenId(graphic)
    // The form's words are of the graphic that was chosen before; another starts with the insights.
    const isSame = graphic === chosen?.id
    if (!isSame) setSource('insights')
    command({ type: 'preview', graphic, data: isSame && source === 'form' ? data : null })
  }

  useHotKeys((key) => {
    const graphic = graphics[Number(key) - 1]
    if (graphic) toPreview(graphic.id)
    else if (key === 'Enter') command({ type: 'take' })
    else if (key === 'Escape' || key === '0') command({ type: 'clear' })
    else if (key === 'n') command({ type: 'next' })
    else if (key === 'a' && layer) command({ type: 'auto', isAuto: !layer.isAuto })
    else return false
    return true
  })

  const titleOf = (id: string | undefined) =>
    graphics.find((each) => each.id === id)?.manifest.name ?? 'Nothing'
  // A browser opens six connections to a server for all of its tabs, and event streams hold theirs; WebSockets do not count.
  const monitored = { match: match.id, layer: name, transport: 'ws' } as const
  const { playback } = usePlayer(match.id)
  useLooks(match.id, playback)
  const onAir = layer?.isAuto ? 'The insights decide' : titleOf(layer?.program?.graphic)
  return (
    <>
      {live.state === 'offline' ? <StaleBanner sinceMs={live.lastAtMs} /> : null}
      {error === null ? null : <ErrorState error={error} retry={() => setError(null)} />}
      <div className={styles['control-top']}>
        <div className={styles['monitors']}>
          <Monitor
            title="Preview"
            note={titleOf(layer?.preview?.graphic)}
            tone="preview"
            src={airAddress({ ...monitored, bus: 'preview' })}
          >
            <CameraPicture match={match} playback={playback} />
          </Monitor>
          <Monitor title="On air" note={onAir} tone="program" src={airAddress(monitored)}>
            <CameraPicture match={match} playback={playback} />
          </Monitor>
        </div>
        <div className={styles['control-keys']}>
          <Button color="red.9" disabled={!layer?.preview} onClick={() => command({ type: 'take' })}>
            Take <Kbd ml={8}>Enter</Kbd>
          </Button>
          <Button
            variant="default"
            disabled={!layer?.program && !layer?.isAuto}
            onClick={() => command({ type: 'clear' })}
          >
            Clear <Kbd ml={8}>Esc</Kbd>
          </Button>
          <Button
            variant="default"
            disabled={!layer?.program || layer.isAuto}
            onClick={() => command({ type: 'next' })}
          >
            Next step <Kbd ml={8}>N</Kbd>
          </Button>
          <Switch
            label="Auto: the insights decide"
            checked={layer?.isAuto ?? false}
            onChange={(event) => command({ type: 'auto', isAuto: event.currentTarget.checked })}
          />
          <StateMark
            state={
              layer === null ? 'busy' : layer.isAuto ? 'good' : layer.state === 'on-air' ? 'bad' : 'idle'
            }
          >
            {layer === null
              ? 'Connecting'
              : layer.isAuto
                ? 'Auto'
                : layer.state === 'on-air'
                  ? 'On air'
                  : 'Off'}
          </StateMark>
        </div>
      </div>
      <div className={styles['control-desk']}>
        <Panel title="Graphics" note="a click or its key puts one into preview">
          <div className={styles['control-graphics']}>
            {graphics.map(({ id, manifest }, index) => (
              <Button
                key={id}
                variant={id === chosen?.id ? 'filled' : 'default'}
                justify="space-between"
                title={manifest.description ?? manifest.name}
                rightSection={index < 9 ? <Kbd>{index + 1}</Kbd> : null}
                onClick={() => toPreview(id)}
              >
                {manifest.name}
              </Button>
            ))}
          </div>
        </Panel>
        {chosen ? (
          <Panel title={chosen.manifest.name} note="data">
            <div className="hl-stack">
              <SegmentedControl
                value={source}
                data={[
                  { value: 'insights', label: 'From the insights' },
                  { value: 'form', label: 'By hand' },
                ]}
                onChange={(value) => setSource(value === 'form' ? 'form' : 'insights')}
              />
              {source === 'form' ? (
                <Loaded of={start} what="Reading what was said of this match">
                  {({ saidAtMs }) => (
                    <>
                      <p className="hl-note">
                        {saidAtMs === null
                          ? 'Nothing of this kind has been said of this match yet: fill it in. What is empty is not shown.'
                          : `Begins with what was said of this match at ${format.formatTime(saidAtMs)}.`}
                      </p>
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        style={{ justifySelf: 'start' }}
                        onClick={() => {
                          const { [chosen.id]: _, ...others } = drafts
                          setDrafts(others)
                          void start.refetch()
                        }}
                      >
                        Begin again with what has been said
                      </Button>
                      <DataForm
                        fields={fields}
                        draft={draft}
                        problems={problems}
                        onChange={(field, text) =>
                          setDrafts({ ...drafts, [chosen.id]: { ...draft, [field]: text } })
                        }
                      />
                    </>
                  )}
                </Loaded>
              ) : (
                <p className="hl-note">
                  The graphic follows the match, and stays off until an insight of its kind has come.
                </p>
              )}
              <div className={styles['control-keys']}>
                <Button
                  disabled={isBroken}
                  onClick={() =>
                    command({ type: 'preview', graphic: chosen.id, data: source === 'form' ? data : null })
                  }
                >
                  To preview
                </Button>
                <Button
                  variant="default"
                  disabled={isBroken || layer?.program?.graphic !== chosen.id || layer.isAuto}
                  onClick={() =>
                    command({ type: 'update', bus: 'program', data: source === 'form' ? data : null })
                  }
                >
                  Update on air
                </Button>
              </div>
            </div>
          </Panel>
        ) : null}
        <BrowserSource match={match.id} layer={name} graphics={graphics.map(({ id }) => id)} />
      </div>
    </>
  )
}
