import type { ReactNode, SVGProps } from 'react'

type Name = keyof typeof paths

const paths = {
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.500v1.500M8 13v1.500M1.5 8H3M13 8h1.500M3.4 3.400l1 1M11.6 11.600l1 1M12.6 3.400l-1 1M4.4 11.600l-1 1" />
    </>
  ),
  moon: <path d="M13.5 9.500A6 6 0 0 1 6.5 2.500a6 6 0 1 0 7 7Z" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.500v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
    </>
  ),
  check: <path d="m3 8.5 3.5 3.500L13 4.5" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  warn: (
    <>
      <path d="M8 2 1.5 13.500h13L8 2Z" />
      <path d="M8 6.500v3M8 11.500v.1" />
    </>
  ),
  right: <path d="m6 3.5 4.5 4.500L6 12.5" />,
  left: <path d="M10 3.5 5.5 8l4.5 4.5" />,
  down: <path d="m3.5 6 4.5 4.500L12.5 6" />,
  out: <path d="M6 3.500H3.500v9h9V10M9 3.500h3.500V7M12.3 3.7 7 9" />,
  upload: <path d="M8 10.500V3M5 5.5 8 2.500l3 3M2.5 10.500v3h11v-3" />,
  download: <path d="M8 2.500V10M5 7.500l3 3 3-3M2.5 10.500v3h11v-3" />,
  menu: <path d="M2.5 4.500h11M2.5 8h11M2.5 11.500h11" />,
  play: <path d="M5 3.500v9l7.5-4.500L5 3.500Z" />,
  pause: <path d="M5.5 3.500v9M10.5 3.500v9" />,
  replay: <path d="M3 8a5 5 0 1 0 1.5-3.500L3 6M3 2.500V6h3.5" />,
  bin: <path d="M3 4.500h10M6.5 4V2.500h3V4M4.5 4.500l.5 9h6l.5-9" />,
  key: (
    <>
      <circle cx="5" cy="10.5" r="2.5" />
      <path d="m7 8.5 6-6M10.5 5l2 2" />
    </>
  ),
} satisfies Record<string, ReactNode>

/** A 16 px line icon that only decorates: words beside it carry the meaning. */
export function Icon({ name, ...rest }: { name: Name } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...rest}
    >
      {paths[name]}
    </svg>
  )
}
