actorsim run scenarios --report junti
