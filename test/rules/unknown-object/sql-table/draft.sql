alter table plces add column region text;
