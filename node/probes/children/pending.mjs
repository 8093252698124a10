// @ts-check
/** @file Awaits what never comes, as a module. */

async function main() {
  try {
    await new Promise(() => {});
  } finally {
    console.log('finally');
  }
}

void main(); // whether the process waits for it is the question
