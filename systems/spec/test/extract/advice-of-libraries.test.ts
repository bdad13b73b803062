import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const pom = (name: string, uses = '') => `<project>
  <parent><groupId>org.quay</groupId><artifactId>quay</artifactId><version>1</version></parent>
  <artifactId>${name}</artifactId>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    ${uses}
  </dependencies>
</project>`

const service = {
  'pom.xml': `<project><groupId>org.quay</groupId><artifactId>quay</artifactId><version>1</version><modules><module>quay-common</module><module>quay-berths</module><module>quay-tides</module></modules></project>`,
  'quay-common/pom.xml': pom('quay-common'),
  'quay-common/src/main/java/org/quay/common/CommonConfig.java': `package org.quay.common;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

@EnableAutoConfiguration
@Configuration
@ComponentScan(basePackageClasses = CommonConfig.class)
public class CommonConfig {}
`,
  'quay-common/src/main/java/org/quay/common/NoBerth.java': `package org.quay.common;

public class NoBerth extends RuntimeException {
  public NoBerth(String said) {
    super(said);
  }
}
`,
  'quay-common/src/main/java/org/quay/common/Refusals.java': `package org.quay.common;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

@ControllerAdvice
public class Refusals {
  @ExceptionHandler(Throwable.class)
  public ResponseEntity<String> any(Throwable error) {
    return ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR).body("broken");
  }

  @ExceptionHandler(NoBerth.class)
  public ResponseEntity<String> none(NoBerth error) {
    return ResponseEntity.status(HttpStatus.GONE).body(error.getMessage());
  }
}
`,
  'quay-berths/pom.xml': pom(
    'quay-berths',
    '<dependency><groupId>org.quay</groupId><artifactId>quay-common</artifactId></dependency>',
  ),
  'quay-berths/src/main/java/org/quay/berths/BerthsApplication.java': `package org.quay.berths;

import org.quay.common.CommonConfig;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

@EnableAutoConfiguration
@Configuration
@ComponentScan(basePackageClasses = {CommonConfig.class, BerthsApplication.class})
public class BerthsApplication {
  public static void main(String[] args) {
    SpringApplication.run(BerthsApplication.class, args);
  }
}
`,
  'quay-berths/src/main/java/org/quay/berths/Berths.java': `package org.quay.berths;

import org.quay.common.NoBerth;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Berths {
  @GetMapping("/berths/{id}")
  public String one(@PathVariable("id") int id) {
    if (id > 40) {
      throw new NoBerth("there are forty");
    }
    return "free";
  }
}
`,
}

test('advice of a library of the repository, whose configuration is enabled but started by others, is for what these serve [SPEC-EXTRACT-10]', async () => {
  const said = await saidErrors(service)
  expect(said).toEqual([
    expect.stringMatching(/the path parameter id is greater than 40, THEN .* answer 410 .*"there are forty"/),
    // The advice takes all errors, so Spring's own 400 never comes.
    expect.stringMatching(/does not fit what is declared, THEN .* answer 500/),
  ])
})

test('advice of one application is for no other [SPEC-EXTRACT-10]', async () => {
  const { 'quay-common/src/main/java/org/quay/common/Refusals.java': refusals, ...others } = service
  const said = await saidErrors({
    ...others,
    'quay-tides/pom.xml': pom('quay-tides'),
    'quay-tides/src/main/java/org/quay/tides/TidesApplication.java': `package org.quay.tides;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

@EnableAutoConfiguration
public class TidesApplication {
  public static void main(String[] args) {
    SpringApplication.run(TidesApplication.class, args);
  }
}
`,
    'quay-tides/src/main/java/org/quay/tides/Refusals.java': refusals.replace(
      'package org.quay.common;\n',
      'package org.quay.tides;\n\nimport org.quay.common.NoBerth;',
    ),
  })
  expect(said.join('\n')).not.toContain('410')
  expect(said).toContainEqual(expect.stringMatching(/does not fit what is declared, THEN .* answer 400/))
})
