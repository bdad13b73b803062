import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function said(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'guard'), ...factsOf(set.facts, 'error')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('what the map of addresses of Micronaut asks is told of what no annotation is for [SPEC-EXTRACT-06]', async () => {
  expect(
    await said({
      'pom.xml':
        '<project><dependency><artifactId>micronaut-security-jwt</artifactId></dependency></project>',
      'src/main/resources/application.yml': `micronaut:
  application:
    name: hives
  security:
    intercept-url-map:
      - pattern: /hives/**
        http-method: POST
        access: KEEPER,OWNER
      - pattern: /hives/**
        access: isAuthenticated()
      - pattern: /**
        access:
          - isAnonymous()
`,
      'src/main/java/hives/Hives.java': `package hives;
import io.micronaut.http.annotation.*;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.security.RolesAllowed;
@Controller("/hives")
public class Hives {
  @Get
  public String all() { return "ok"; }
  @Post
  public String build() { return "ok"; }
  @Secured("isAnonymous()")
  @Get("/open")
  public String open() { return "ok"; }
  @RolesAllowed("OWNER")
  @Delete
  public String burn() { return "ok"; }
}
`,
    }),
  ).toEqual([
    'IF, for DELETE /hives, the caller does not have the role "OWNER", THEN the service SHALL answer 403.',
    'IF, for DELETE /hives, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for GET /hives, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for POST /hives, the caller has none of the roles "KEEPER", "OWNER", THEN the service SHALL answer 403.',
    'IF, for POST /hives, the caller is not signed in, THEN the service SHALL answer 401.',
    'WHEN a client sends DELETE /hives, the service SHALL refuse a caller without OWNER, and answer 401 to one who is not signed in.',
    'WHEN a client sends GET /hives, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends POST /hives, the service SHALL refuse a caller without KEEPER or OWNER, and answer 401 to one who is not signed in.',
  ])
})

const quarkus = (settings: string, root = '') => ({
  'pom.xml':
    '<project><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency></project>',
  'src/main/resources/application.properties': settings,
  'src/main/java/hives/Hives.java': `package hives;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.*;
@Path("${root}/hives")
public class Hives {
  @GET
  @PermitAll
  public String all() { return "ok"; }
  @POST
  public String build() { return "ok"; }
  @GET
  @Path("/open")
  public String open() { return "ok"; }
}
`,
})

test('permissions of Quarkus are told by the longest path, and hold beside annotations [SPEC-EXTRACT-06]', async () => {
  expect(
    await said(
      quarkus(`quarkus.http.auth.policy.owners.roles-allowed=OWNER
quarkus.http.auth.permission.all.paths=/*
quarkus.http.auth.permission.all.policy=authenticated
quarkus.http.auth.permission.writing.paths=/hives/*
quarkus.http.auth.permission.writing.methods=POST,PUT
quarkus.http.auth.permission.writing.policy=owners
quarkus.http.auth.permission.reading.paths=/hives/*
quarkus.http.auth.permission.reading.policy=authenticated
quarkus.http.auth.permission.open.paths=/hives/open
quarkus.http.auth.permission.open.policy=permit
%dev.quarkus.http.auth.permission.all.policy=permit
`),
    ),
  ).toEqual([
    'IF, for GET /hives, the caller is not signed in and the profile "dev" is not active, THEN the service SHALL answer 401.',
    'IF, for POST /hives, the caller is not signed in and the profile "dev" is not active, THEN the service SHALL answer 401.',
    'IF, for POST /hives, the profile "dev" is not active and the caller does not have the role "OWNER", THEN the service SHALL answer 403.',
    'WHEN a client sends GET /hives and the profile "dev" is not active, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends POST /hives and the profile "dev" is not active, the service SHALL refuse a caller without OWNER, and answer 401 to one who is not signed in.',
  ])
})

test('whoever is sent to sign in by Quarkus is answered no 401 [SPEC-EXTRACT-06]', async () => {
  expect(
    await said(
      quarkus(`quarkus.oidc.application-type=web-app
quarkus.http.auth.permission.all.paths=/hives
quarkus.http.auth.permission.all.policy=authenticated
`),
    ),
  ).toEqual([
    'WHEN a client sends GET /hives, the service SHALL refuse a caller who is not signed in.',
    'WHEN a client sends POST /hives, the service SHALL refuse a caller who is not signed in.',
  ])
})
