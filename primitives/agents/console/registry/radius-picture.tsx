import { formatCount } from '@heavylift/ui'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { keyOfNode, nodeSize, placeRadius } from './radius-layout.ts'
import type { PlacedNode, Radius } from './radius-layout.ts'
import styles from './radius-picture.module.css'

const kindWords = {
  agent: 'agent',
  tool: 'tool',
  data: 'data',
  credential: 'secret',
  model: 'model',
} as const
const mostLetters = 24

/** What something touches and what breaks with it: from left to right, whoever calls, what is looked at, what it reaches. */
export function RadiusPicture({ radius }: { radius: Radius }) {
  const placed = useMemo(() => placeRadius(radius), [radius])
  const [lit, setLit] = useState<string | null>(null)
  const middle = keyOfNode(radius.of)
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // On a narrow screen what is looked at is in view first.
    const node = placed.nodes.find((each) => keyOfNode(each) === middle)
    const box = scroll.current
    if (node && box) box.scrollLeft = node.x - (box.clientWidth - nodeSize.width) / 2
  }, [placed, middle])
  return (
    <div
      ref={scroll}
      className={styles['scroll']}
      role="region"
      aria-label={`Blast radius of ${radius.of.name}`}
      tabIndex={0}
    >
      <svg
        className={styles['picture']}
        width={placed.width}
        height={placed.height}
        role="group"
        aria-label="Blast radius"
      >
        {placed.heads.map(({ x, text }) => (
          <text key={x} className={styles['head']} x={x} y={14}>
            {text}
          </text>
        ))}
        {placed.lines.map(({ key, from, to }) => (
          <path
            key={key}
            className={styles['line']}
            data-lit={lit === keyOfNode(from) || lit === keyOfNode(to) || undefined}
            d={bow(from, to)}
          />
        ))}
        {placed.nodes.map((node) => {
          const key = keyOfNode(node)
          return (
            <Link
              key={key}
              to={pathOf(node) as '/'}
              className={styles['node']}
              aria-label={`${kindWords[node.kind]} ${node.name}`}
              onMouseEnter={() => setLit(key)}
              onMouseLeave={() => setLit(null)}
              onFocus={() => setLit(key)}
              onBlur={() => setLit(null)}
            >
              <title>{node.name}</title>
              <rect
                className={styles['box']}
                data-kind={node.kind}
                data-middle={key === middle || undefined}
                x={node.x + 1}
                y={node.y}
                width={nodeSize.width - 2}
                height={nodeSize.height}
                rx={4}
              />
              <text x={node.x + 8} y={node.y + 17}>
                {node.name.length > mostLetters ? `${node.name.slice(0, mostLetters - 1)}…` : node.name}
              </text>
              <text
                className={styles['kind']}
                x={node.x + nodeSize.width - 8}
                y={node.y + 17}
                textAnchor="end"
              >
                {kindWords[node.kind]}
              </text>
            </Link>
          )
        })}
        {placed.more.map(({ x, y, count }) => (
          <text key={x} className={styles['head']} x={x + 8} y={y + 17}>
            and {formatCount(count)} more
          </text>
        ))}
      </svg>
    </div>
  )
}

function pathOf({ kind, name }: PlacedNode): string {
  return kind === 'agent'
    ? `/agents/registry/${name}`
    : `/agents/registry/radius/${kind}?name=${encodeURIComponent(name)}`
}

function bow(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1] = [from.x + nodeSize.width - 1, from.y + nodeSize.height / 2]
  const [x2, y2] = [to.x + 1, to.y + nodeSize.height / 2]
  const half = (x1 + x2) / 2
  return `M${x1},${y1} C${half},${y1} ${half},${y2} ${x2},${y2}`
}
