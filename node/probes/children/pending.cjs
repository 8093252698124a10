// @ts-check
/** @file Awaits what never comes, as CommonJS. */

async function main() {
  try {
    await new Promise(() => {});
  } finally {
    console.log('finally');
  }
}

void main(); // whether the process waits for it is the question
