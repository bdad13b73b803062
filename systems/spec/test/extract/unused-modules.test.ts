import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

const pom = (artifact: string, uses: readonly string[] = []) =>
  `<project><parent><groupId>org.quay</groupId><artifactId>quay</artifactId></parent><artifactId>${artifact}</artifactId>
<dependencies>${uses.map((one) => `<dependency><groupId>org.quay</groupId><artifactId>${one}</artifactId></dependency>`).join('\n')}
<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>`

const controller = (name: string, path: string) => `package org.quay;

import org.springframework.web.bind.annotation.*;

@RestController
public class ${name} {
  @GetMapping("${path}")
  public String one() { return "${name}"; }
}
`

const application = `package org.quay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Quay {
  public static void main(String[] args) { SpringApplication.run(Quay.class, args); }
}
`

const files = {
  'pom.xml': '<project><artifactId>quay</artifactId><modules><module>app</module></modules></project>',
  'app/pom.xml': pom('quay-app', ['quay-berths']),
  'app/src/main/java/org/quay/Quay.java': application,
  'app/src/main/java/org/quay/Lamps.java': controller('Lamps', '/lamps'),
  'berths/pom.xml': pom('quay-berths', ['quay-ropes']),
  'berths/src/main/java/org/quay/Berths.java': controller('Berths', '/berths'),
  'ropes/pom.xml': pom('quay-ropes'),
  'ropes/src/main/java/org/quay/Ropes.java': controller('Ropes', '/ropes'),
  'pilots/pom.xml': pom('quay-pilots', ['quay-app']),
  'pilots/src/main/java/org/quay/Pilots.java': controller('Pilots', '/pilots'),
}

test('what a module routes that no application of the repository is built with is asked, not told [SPEC-PACKS-01]', async () => {
  const extraction = await extractFiles(files)
  expect(summarize(extraction).operations).toEqual(['GET /berths', 'GET /lamps', 'GET /ropes'])
  expect(extraction.set.questions.map(({ text }) => text)).toContain(
    'Which application serves GET /pilots of pilots?',
  )
})

test('modules of a repository that has no application of its own are told [SPEC-PACKS-01]', async () => {
  const { 'app/src/main/java/org/quay/Quay.java': _application, ...others } = files
  const found = summarize(await extractFiles(others))
  expect(found.operations).toEqual(['GET /berths', 'GET /lamps', 'GET /pilots', 'GET /ropes'])
})

test('modules of Gradle are found by their paths and by what is typed for these [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'settings.gradle': "include ':app', ':berths', ':rope-store', ':pilots'",
      'app/build.gradle': "dependencies { implementation project(':berths') }",
      'app/src/main/java/org/quay/Quay.java': application,
      'berths/build.gradle.kts': 'dependencies { implementation(projects.ropeStore) }',
      'berths/src/main/java/org/quay/Berths.java': controller('Berths', '/berths'),
      'rope-store/build.gradle': '',
      'rope-store/src/main/java/org/quay/Ropes.java': controller('Ropes', '/ropes'),
      'pilots/build.gradle': '',
      'pilots/src/main/java/org/quay/Pilots.java': controller('Pilots', '/pilots'),
    }),
  )
  expect(found.operations).toEqual(['GET /berths', 'GET /ropes'])
})

test('projects of Gradle that settings name after the whole are those of their folders, and none is left out where a name is of nobody [SPEC-PACKS-01]', async () => {
  const repository = (uses: string) => ({
    'settings.gradle': `include 'app', 'berths', 'ropes'
rootProject.children.each { it.name = "quay-\${it.name}" }
include 'tide-tables'
project(':tables').projectDir = file('tide-tables')`,
    'app/build.gradle': `dependencies { implementation project('${uses}') }`,
    'app/src/main/java/org/quay/Quay.java': application,
    'berths/build.gradle': '',
    'berths/src/main/java/org/quay/Berths.java': controller('Berths', '/berths'),
    'ropes/build.gradle': '',
    'ropes/src/main/java/org/quay/Ropes.java': controller('Ropes', '/ropes'),
  })
  expect(summarize(await extractFiles(repository(':quay-berths'))).operations).toEqual(['GET /berths'])
  expect(summarize(await extractFiles(repository(':tables'))).operations).toEqual([
    'GET /berths',
    'GET /ropes',
  ])
})
