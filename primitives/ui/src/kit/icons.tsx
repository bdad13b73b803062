import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown'
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp'
import IconArrowsSort from '@tabler/icons-react/icons/IconArrowsSort'
import IconBook2 from '@tabler/icons-react/icons/IconBook2'
import IconBroadcast from '@tabler/icons-react/icons/IconBroadcast'
import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown'
import IconChevronLeft from '@tabler/icons-react/icons/IconChevronLeft'
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight'
import IconClock from '@tabler/icons-react/icons/IconClock'
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3'
import IconCopy from '@tabler/icons-react/icons/IconCopy'
import IconCpu from '@tabler/icons-react/icons/IconCpu'
import IconDownload from '@tabler/icons-react/icons/IconDownload'
import IconExternalLink from '@tabler/icons-react/icons/IconExternalLink'
import IconFileCheck from '@tabler/icons-react/icons/IconFileCheck'
import IconFlask from '@tabler/icons-react/icons/IconFlask'
import IconGauge from '@tabler/icons-react/icons/IconGauge'
import IconHome from '@tabler/icons-react/icons/IconHome'
import IconInfoCircle from '@tabler/icons-react/icons/IconInfoCircle'
import IconKey from '@tabler/icons-react/icons/IconKey'
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard'
import IconLayoutSidebarLeftCollapse from '@tabler/icons-react/icons/IconLayoutSidebarLeftCollapse'
import IconLayoutSidebarLeftExpand from '@tabler/icons-react/icons/IconLayoutSidebarLeftExpand'
import IconMapPin from '@tabler/icons-react/icons/IconMapPin'
import IconMenu2 from '@tabler/icons-react/icons/IconMenu2'
import IconMoon from '@tabler/icons-react/icons/IconMoon'
import IconPlayerPause from '@tabler/icons-react/icons/IconPlayerPause'
import IconPlayerPlay from '@tabler/icons-react/icons/IconPlayerPlay'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import IconRobot from '@tabler/icons-react/icons/IconRobot'
import IconRoute from '@tabler/icons-react/icons/IconRoute'
import IconRotateClockwise from '@tabler/icons-react/icons/IconRotateClockwise'
import IconSearch from '@tabler/icons-react/icons/IconSearch'
import IconServer2 from '@tabler/icons-react/icons/IconServer2'
import IconShoppingBag from '@tabler/icons-react/icons/IconShoppingBag'
import IconStack2 from '@tabler/icons-react/icons/IconStack2'
import IconSteeringWheel from '@tabler/icons-react/icons/IconSteeringWheel'
import IconSun from '@tabler/icons-react/icons/IconSun'
import IconTrash from '@tabler/icons-react/icons/IconTrash'
import IconUpload from '@tabler/icons-react/icons/IconUpload'
import IconX from '@tabler/icons-react/icons/IconX'
import type { SVGProps } from 'react'

/** Tabler's icons by what they mean here, so that one thing has one picture; imported one by one, so that only these are bundled. */
const icons = {
  search: IconSearch,
  sun: IconSun,
  moon: IconMoon,
  copy: IconCopy,
  check: IconCheck,
  cross: IconX,
  warn: IconAlertTriangle,
  info: IconInfoCircle,
  right: IconChevronRight,
  left: IconChevronLeft,
  down: IconChevronDown,
  out: IconExternalLink,
  upload: IconUpload,
  download: IconDownload,
  menu: IconMenu2,
  play: IconPlayerPlay,
  pause: IconPlayerPause,
  replay: IconRotateClockwise,
  plus: IconPlus,
  bin: IconTrash,
  key: IconKey,
  keyboard: IconKeyboard,
  clock: IconClock,
  columns: IconColumns3,
  sort: IconArrowsSort,
  ascending: IconArrowUp,
  descending: IconArrowDown,
  collapse: IconLayoutSidebarLeftCollapse,
  expand: IconLayoutSidebarLeftExpand,
  home: IconHome,
  ledger: IconBook2,
  experiments: IconFlask,
  // Systems.
  shop: IconShoppingBag,
  address: IconMapPin,
  spec: IconFileCheck,
  drive: IconSteeringWheel,
  live: IconBroadcast,
  robots: IconRobot,
  ready: IconGauge,
  models: IconCpu,
  jobs: IconStack2,
  agents: IconRoute,
  fleet: IconServer2,
}

export type IconName = keyof typeof icons

/** The icon of a system, by its name; a system without one of its own has a stack. */
export function systemIcon(name: string): IconName {
  return name in icons ? (name as IconName) : 'jobs'
}

/** A 16 px line icon that only decorates: words beside it carry the meaning. */
export function Icon({
  name,
  width = 16,
  height = 16,
  className,
}: { name: IconName } & Pick<SVGProps<SVGSVGElement>, 'width' | 'height' | 'className'>) {
  const Picture = icons[name]
  return <Picture width={width} height={height} stroke={2} aria-hidden="true" className={className} />
}
