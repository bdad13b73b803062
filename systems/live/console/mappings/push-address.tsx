import { Copy, Panel } from '@heavylift/ui'
import styles from './mappings.module.css'

/** Where a live feed is sent to be read by a mapping, and how a file is played at its own pace. */
export function PushAddress({ name, isKept }: { name: string; isKept: boolean }) {
  const { origin } = location
  const socket = origin.replace(/^http/, 'ws')
  return (
    <Panel
      title="Send a feed here"
      note={isKept ? 'parts of any length, sent again they count once' : 'save the mapping first'}
    >
      <dl className={styles['addresses']}>
        <dt>HTTP, part by part</dt>
        <dd>
          <Copy
            label="Copy the HTTP address"
            text={`curl -H "authorization: Bearer $KEY" --data-binary @part.csv '${origin}/api/live/feed?mapping=${name}'`}
          />
        </dd>
        <dt>WebSocket, a row a message</dt>
        <dd>
          <Copy label="Copy the WebSocket address" text={`${socket}/live/push?mapping=${name}`} />
        </dd>
        <dt>A file at its own pace</dt>
        <dd>
          <Copy
            label="Copy the command"
            text={`npx heavylift live replay FILE --mapping ${name}.json --speed 10`}
          />
        </dd>
      </dl>
    </Panel>
  )
}
