import { addressKind } from './address-kind.ts'
import { addressParse } from './address-parse.ts'
import { agents } from './agents.ts'
import { agentsCases } from './agents-cases.ts'
import { agentsFaces } from './agents-faces.ts'
import { agentsGuard } from './agents-guard.ts'
import { agentsRegistry } from './agents-registry.ts'
import { agentsTools } from './agents-tools.ts'
import { cli } from './cli.ts'
import { console } from './console.ts'
import { core } from './core.ts'
import { house } from './house.ts'
import { fleet } from './fleet.ts'
import { jobs } from './jobs.ts'
import { models } from './models.ts'
import { readyFault } from './ready-fault.ts'
import { readyGameDay } from './ready-game-day.ts'
import { readyForecast } from './ready-forecast.ts'
import { readyImport } from './ready-import.ts'
import { readyLimit } from './ready-limit.ts'
import { readyLlm } from './ready-llm.ts'
import { readyLoad } from './ready-load.ts'
import type { Requirement } from './requirement.ts'
import { server } from './server.ts'
import { specStudio } from './spec-studio.ts'
import { streams } from './streams.ts'
import { liveFeeds } from './live-feeds.ts'
import { liveInsights } from './live-insights.ts'
import { liveEvents } from './live-events.ts'
import { liveRecap } from './live-recap.ts'
import { liveSoccer } from './live-soccer.ts'
import { liveScreen } from './live-screen.ts'
import { liveHost } from './live-host.ts'
import { drive } from './drive.ts'
import { driveClearance } from './drive-clearance.ts'
import { driveFormats } from './drive-formats.ts'
import { driveConsole } from './drive-console.ts'
import { driveRuns } from './drive-runs.ts'
import { driveScenarios } from './drive-scenarios.ts'
import { drivePlanning } from './drive-planning.ts'
import { driveTraffic } from './drive-traffic.ts'
import { drivePerception } from './drive-perception.ts'
import { robots } from './robots.ts'
import { shop } from './shop.ts'
import { shopAnswers } from './shop-answers.ts'
import { shopTalk } from './shop-talk.ts'
import { specFormats } from './spec-formats.ts'
import { spec } from './spec.ts'
import { store } from './store.ts'

/** Everything that the project promises. `npm run requirements` checks it against the tests. */
export const requirements: Requirement[] = [
  ...house,
  ...core,
  ...store,
  ...server,
  ...cli,
  ...console,
  ...models,
  ...shop,
  ...shopAnswers,
  ...shopTalk,
  ...addressParse,
  ...addressKind,
  ...spec,
  ...specFormats,
  ...specStudio,
  ...robots,
  ...jobs,
  ...fleet,
  ...streams,
  ...liveFeeds,
  ...liveInsights,
  ...liveEvents,
  ...liveRecap,
  ...liveScreen,
  ...liveSoccer,
  ...liveHost,
  ...readyForecast,
  ...readyLimit,
  ...readyLlm,
  ...readyLoad,
  ...readyImport,
  ...readyFault,
  ...readyGameDay,
  ...drive,
  ...driveFormats,
  ...driveConsole,
  ...driveRuns,
  ...driveScenarios,
  ...driveTraffic,
  ...driveClearance,
  ...drivePlanning,
  ...drivePerception,
  ...agents,
  ...agentsCases,
  ...agentsFaces,
  ...agentsGuard,
  ...agentsRegistry,
  ...agentsTools,
]
