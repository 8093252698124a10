console.log(await Promise.resolve('hello'));
